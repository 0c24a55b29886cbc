import type { Answer } from '../../pipeline/exchange.ts';
import { HEADERS } from '../../pipeline/render.ts';

/** The console as it was built: one document with its script and its style in it. */
export interface ConsoleDocument {
  html: string;
  /** The document compressed, in base64 as Lambda takes it: an HTTP API does not compress. */
  br: string;
  gzip: string;
  /** The sources that its policy allows to run and to style: exactly what is in the document, by hash. */
  scriptHash: string;
  styleHash: string;
}

/** Nothing is loaded but what came with the document, nothing is asked but the API, and no other page may frame it. */
const policyOf = ({ scriptHash, styleHash }: ConsoleDocument): string =>
  [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    "connect-src 'self'",
    // The icon of its tab.
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** The codings that `accept-encoding` takes, in lower case; one with a weight of 0 is one that it does not take. */
const codingsIn = (acceptEncoding: string): string[] =>
  acceptEncoding
    .toLowerCase()
    .split(',')
    .map((each) => each.split(';').map((part) => part.trim()))
    .filter(([, weight = '']) => !/^q=0(\.0*)?$/.test(weight))
    .map(([coding = '']) => coding);

/**
 * The answer to a request for the console.
 *
 * @param acceptEncoding the request's header; without it the document goes out as it is
 */
export const pageAnswer = (
  page: ConsoleDocument,
  {
    method,
    acceptEncoding = '',
    requestId,
  }: { method: string; acceptEncoding?: string | undefined; requestId: string },
): Answer => {
  const accepted = codingsIn(acceptEncoding);
  const coding = (['br', 'gzip'] as const).find((each) => accepted.includes(each));
  const body = coding ? { body: page[coding], isBase64Encoded: true } : { body: page.html };
  return {
    statusCode: 200,
    headers: {
      ...HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyOf(page),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      'referrer-policy': 'no-referrer',
      vary: 'accept-encoding',
      ...(coding && { 'content-encoding': coding }),
      'x-request-id': requestId,
    },
    ...(method !== 'HEAD' && body),
  };
};
