import { fault } from '../contract/faults.ts';
import { Refused, refusalOf } from '../contract/refused.ts';
import type { Middleware, PipelineRequest } from './exchange.ts';

/** The largest body that is read: 256 KiB as it was sent. */
const MAX_BODY_BYTES = 256 * 1024;
const TOO_LARGE = fault('body', 'too-large', 'must be at most 256 KiB');

/** @throws {Refused} if the body is too large, which needs no decoding to be seen */
const judgeSize = ({ body = '', isBase64Encoded }: PipelineRequest['event']): void => {
  const bytes = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes > MAX_BODY_BYTES) throw refusalOf([TOO_LARGE]);
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
const fromBase64 = (encoded: string): Buffer => {
  const text = encoded.replaceAll(LINE_BREAKS, '');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Refused('invalid-encoded-params');
  return bytes;
};

/** It leaves a mark of the order of bytes in the text, of which `parsed` takes one away. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The body as the client sent it: the gateway's own base64 undone. */
const textOf = ({ body = '', isBase64Encoded }: PipelineRequest['event']): string =>
  isBase64Encoded ? utf8.decode(Buffer.from(body, 'base64')) : body;

/** A mark of the order of bytes, which UTF-8 does not need, and some programs write all the same. */
const BYTE_ORDER_MARK = /^\ufeff/;

/** What JSON knows as space, which is less than JavaScript does. */
const NOTHING_BUT_SPACE = /^[\t\n\r ]*$/;

const parsed = (text: string): unknown => {
  const json = text.replace(BYTE_ORDER_MARK, '');
  return NOTHING_BUT_SPACE.test(json) ? undefined : JSON.parse(json);
};

const decoded = (event: PipelineRequest['event'], sensitive: boolean): unknown => {
  try {
    const text = textOf(event);
    return parsed(sensitive ? utf8.decode(fromBase64(text)) : text);
  } catch {
    // What the decoder and the parser say quotes the body, which must not get any further.
    throw new Refused('invalid-encoded-params');
  }
};

/** Decodes the parameters of a `POST`. On a sensitive route the body is the JSON text in base64. */
export const decodeBody = (sensitive: boolean): Middleware => ({
  before: ({ event, context: { exchange } }) => {
    judgeSize(event);
    if (isMangled(event)) throw new Refused('invalid-encoded-params');
    const params = decoded(event, sensitive);
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
