import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { REFERENCE_PATHS } from '../../../functions/documents/reference/paths.ts';
import { buildReference } from '../../../infra/constructs/reference-documents.ts';
import { aContext, anEvent } from '../../support/events.ts';
import { Output } from '../../support/output.ts';

const documents = buildReference();
const output = new Output();

let handler: typeof import('../../../functions/documents/reference/handler.ts').handler;
beforeAll(async () => {
  vi.stubGlobal('REFERENCE_DOCUMENTS', documents);
  ({ handler } = await import('../../../functions/documents/reference/handler.ts'));
});

const ask = (path: string, acceptEncoding?: string) =>
  handler(
    { ...anEvent({ headers: { 'accept-encoding': acceptEncoding } }), routeKey: `GET ${path}` },
    aContext(),
  );

it('The reference is less than 40 KB to transfer, and the same whenever it is made', () => {
  for (const { br } of Object.values(documents)) {
    expect(Buffer.from(br, 'base64').length).toBeLessThan(40_000);
  }
  expect(buildReference()).toEqual(documents);
});

describe.each(REFERENCE_PATHS)('%s', (path) => {
  it.each([
    ['br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    [undefined, undefined, (bytes: Buffer) => bytes],
  ])(
    `The document ${path} has, to accept-encoding %s, the coding %s`,
    async (acceptEncoding, coding, decode) => {
      const { statusCode, headers, body = '', isBase64Encoded } = await ask(path, acceptEncoding);
      expect(statusCode).toBe(200);
      expect(headers).toMatchObject({ 'content-type': documents[path].contentType, vary: 'accept-encoding' });
      expect(headers?.['content-encoding']).toBe(coding);
      const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
      expect(decode(bytes).toString()).toBe(documents[path].text);
    },
  );

  it(`The document ${path} leaves one line in the log, and is counted, as every other`, async () => {
    await ask(path);
    expect(output.log).toMatchObject([
      { service: 'gateway', route: 'reference', status: 'action-successful', http_status: 200 },
    ]);
  });
});
