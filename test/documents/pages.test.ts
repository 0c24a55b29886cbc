import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { buildPage } from '../../infra/constructs/page-document.ts';
import { aContext, anEvent } from '../support/events.ts';
import { Output } from '../support/output.ts';

const output = new Output();

/** Each page for people, and how many bytes it has at most to transfer. */
const PAGES = [
  ['console', 60_000, () => import('../../functions/documents/console/handler.ts')],
  ['account', 20_000, () => import('../../functions/documents/account/handler.ts')],
] as const;

describe.each(PAGES)('the page %s', (name, most, load) => {
  const { page } = buildPage(name);

  let handler: Awaited<ReturnType<typeof load>>['handler'];
  beforeAll(async () => {
    vi.stubGlobal('PAGE_DOCUMENT', page);
    ({ handler } = await load());
  });

  /** Asks for the page as a browser does that takes those codings. */
  const ask = (acceptEncoding?: string, method = 'GET') => {
    const event = anEvent({ headers: { 'accept-encoding': acceptEncoding } });
    const http = { ...event.requestContext.http, method, path: `/${name}` };
    return handler({ ...event, requestContext: { ...event.requestContext, http } }, aContext());
  };

  describe('its document', () => {
    it(`The document of /${name} is less than ${most / 1_000} KB to transfer, all in all`, () => {
      expect(Buffer.from(page.br, 'base64').length).toBeLessThan(most);
      expect(Buffer.from(page.gzip, 'base64').length).toBeLessThan(most);
    });

    it(`The document of /${name} loads nothing else`, () => {
      expect(page.html).not.toMatch(/<script [^>]*src|<link [^>]*href="(?!data:)|@import|url\(/);
    });

    it(`The document of /${name} is the same whenever it is built`, () => {
      expect(buildPage(name).page).toEqual(page);
    });

    it(`The document of /${name} has no script or style but the one of each that its policy names`, () => {
      const sourcesIn = (tag: string) =>
        [...page.html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(
          ([, source = '']) => `sha256-${createHash('sha256').update(source).digest('base64')}`,
        );
      expect(sourcesIn('script')).toEqual([page.scriptHash]);
      expect(sourcesIn('style')).toEqual([page.styleHash]);
    });
  });

  describe('its answer', () => {
    const asItIs = (bytes: Buffer) => bytes;

    it.each([
      ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
      ['br;q=0.5, gzip', 'br', brotliDecompressSync],
      ['GZIP', 'gzip', gunzipSync],
      ['gzip, br;q=0', 'gzip', gunzipSync],
      ['br;q=0.0, gzip;q=0', undefined, asItIs],
      ['deflate', undefined, asItIs],
      ['', undefined, asItIs],
      [undefined, undefined, asItIs],
    ])(
      `The answer at /${name} to accept-encoding %s has the coding %s`,
      async (acceptEncoding, coding, decode) => {
        const { statusCode, headers, body = '', isBase64Encoded } = await ask(acceptEncoding);
        expect(statusCode).toBe(200);
        expect(headers?.['content-encoding']).toBe(coding);
        const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
        expect(decode(bytes).toString()).toBe(page.html);
      },
    );

    it(`The headers of the answer at /${name} let the document do what it does and nothing else`, async () => {
      const { headers } = await ask();
      expect(headers).toEqual({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': [
          "default-src 'none'",
          `script-src '${page.scriptHash}'`,
          `style-src '${page.styleHash}'`,
          "connect-src 'self'",
          'img-src data:',
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types 'none'",
        ].join('; '),
        'cache-control': 'no-store',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': 'camera=(), geolocation=(), microphone=()',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
        vary: 'accept-encoding',
        'x-content-type-options': 'nosniff',
        'x-request-id': 'gateway-request',
      });
    });

    it(`The answer at /${name} to HEAD is that to GET without the body`, async () => {
      const { body, isBase64Encoded, ...head } = await ask('br', 'HEAD');
      expect([body, isBase64Encoded]).toEqual([undefined, undefined]);
      expect(await ask('br')).toMatchObject(head);
    });

    it(`The answer at /${name} leaves one line in the log, and is counted, as every other`, async () => {
      await ask();
      expect(output.log).toMatchObject([
        { service: 'gateway', route: name, status: 'action-successful', http_status: 200 },
      ]);
      expect(output.metrics).toMatchObject([{ route: name, Requests: 1 }]);
    });
  });
});
