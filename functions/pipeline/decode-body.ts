import { fault } from '../contract/faults.ts';
import { Refused, refusalOf } from '../contract/refused.ts';
import type { Middleware, PipelineRequest } from './exchange.ts';

/** The largest body that is read: 256 KiB as it was sent. */
const MAX_BODY_BYTES = 256 * 1024;
const TOO_LARGE = fault('body', 'too-large', 'must be at most 256 KiB');

/**
 * The body's bytes as the client sent them: the gateway's own base64 undone.
 *
 * @throws {Refused} if it is too large, which needs no decoding to be seen
 */
const bytesOf = ({ body = '', isBase64Encoded }: PipelineRequest['event']): Buffer => {
  const encoding = isBase64Encoded ? 'base64' : 'utf8';
  if (Buffer.byteLength(body, encoding) > MAX_BODY_BYTES) throw refusalOf([TOO_LARGE]);
  return Buffer.from(body, encoding);
};

/**
 * Whether the gateway, which hands on JSON as text, has put U+FFFD in the place of malformed UTF-8: such a text is not as
 * long as the body that was sent.
 */
const isMangled = ({ body, headers, isBase64Encoded }: PipelineRequest['event']): boolean => {
  const length = headers['content-length'];
  return (
    !isBase64Encoded &&
    length !== undefined &&
    (body ?? '').includes('\ufffd') &&
    Number(length) !== Buffer.byteLength(body ?? '')
  );
};

const LINE_BREAKS = /[\r\n]/g;

/** Standard base64 (RFC 4648 §4) with line breaks. Node decodes anything, so it must give the same text back. */
const fromBase64 = (encoded: Buffer): Buffer => {
  const text = encoded.toString('latin1').replaceAll(LINE_BREAKS, '');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Refused('invalid-encoded-params');
  return bytes;
};

const utf8 = new TextDecoder('utf-8', { fatal: true });

const parsed = (bytes: Buffer): unknown => {
  try {
    const text = utf8.decode(bytes);
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    // What the decoder and the parser say quotes the body, which must not get any further.
    throw new Refused('invalid-encoded-params');
  }
};

/** Decodes the parameters of a `POST`. On a sensitive route the body is the JSON text in base64. */
export const decodeBody = (sensitive: boolean): Middleware => ({
  before: ({ event, context: { exchange } }) => {
    const sent = bytesOf(event);
    if (isMangled(event)) throw new Refused('invalid-encoded-params');
    const params = parsed(sensitive ? fromBase64(sent) : sent);
    if (
      typeof params !== 'object' ||
      params === null ||
      Array.isArray(params) ||
      Object.keys(params).length === 0
    ) {
      throw new Refused('no-params-decoded');
    }
    exchange.raw = params as Record<string, unknown>;
  },
});
