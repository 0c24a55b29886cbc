import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../functions/pipeline/decode-body.ts';
import type { Given } from '../support/events.ts';
import { aRequest, judge } from '../support/exchange.ts';

const KIB = 1_024;
const plain = (given: Given) => judge(decodeBody(false), aRequest(given));
const sensitive = (given: Given) => judge(decodeBody(true), aRequest(given));
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const refusal = (status: string) => ({ name: 'Refused', status });
const UNDECODED = refusal('invalid-encoded-params');
const EMPTY = refusal('no-params-decoded');

const NOTHING = [
  undefined,
  '',
  ' \t\r\n',
  '\ufeff',
  'null',
  '{}',
  ' { } ',
  '[]',
  '[{"a":1}]',
  '7',
  '"text"',
  'true',
];

describe('a plain body', () => {
  it('A plain body is decoded', async () => {
    expect((await plain({ body: ' {"a": {"b": ["é", 1, null]}}\r\n' })).raw).toEqual({
      a: { b: ['é', 1, null] },
    });
  });

  it('A plain body is decoded from the gateway’s own base64', async () => {
    const body = base64('{"a":"日本"}');
    expect((await plain({ body, isBase64Encoded: true })).raw).toEqual({ a: '日本' });
  });

  it('A parameter named __proto__ is kept, and then refused as unknown', async () => {
    const { raw } = await plain({ body: '{"__proto__":{"admin":true}}' });
    expect(Object.keys(raw ?? {})).toEqual(['__proto__']);
    expect(raw).not.toHaveProperty('admin');
  });

  it.each([
    '{"a":1',
    'a=1',
    "{'a':1}",
    '{"a":1}{',
    '{"a":NaN}',
    '{"a":1,}',
    '\u0000',
    '\u00a0',
    '\ufeff\ufeff',
    'eyJhIjoxfQ==',
  ])('The body %j is no JSON', async (body) => {
    await expect(plain({ body })).rejects.toMatchObject(UNDECODED);
  });

  it.for(NOTHING)('The body %s holds no parameters', async (body) => {
    await expect(plain(body === undefined ? {} : { body })).rejects.toMatchObject(EMPTY);
  });

  it('A body does not get into its refusal', async () => {
    const refused: Error = await plain({ body: '{"password":"hunter2"' }).then(
      () => new Error('accepted'),
      (reason) => reason,
    );
    expect(refused).toMatchObject(UNDECODED);
    expect(refused.cause).toBeUndefined();
    expect(`${refused.message} ${refused.stack} ${JSON.stringify(refused)}`).not.toContain('hunter2');
  });
});

describe('a mark of the order of bytes', () => {
  const MARK = '\ufeff';
  const JSON_TEXT = '{"a":1}';

  it.each([
    ['a plain body', () => plain({ body: MARK + JSON_TEXT })],
    [
      'one in the gateway’s own base64',
      () => plain({ body: base64(MARK + JSON_TEXT), isBase64Encoded: true }),
    ],
    ['the JSON of a sensitive one', () => sensitive({ body: base64(MARK + JSON_TEXT) })],
  ])('Before %s one is passed over', async (_, decode) => {
    expect((await decode()).raw).toEqual({ a: 1 });
  });

  it.each([
    ['a second one', () => plain({ body: base64(MARK + MARK + JSON_TEXT), isBase64Encoded: true })],
    ['one before a client’s base64', () => sensitive({ body: MARK + base64(JSON_TEXT) })],
    [
      'one before a client’s base64, in the gateway’s own,',
      () => sensitive({ body: base64(MARK + base64(JSON_TEXT)), isBase64Encoded: true }),
    ],
  ])('It refuses %s', async (_, decode) => {
    await expect(decode()).rejects.toMatchObject(UNDECODED);
  });
});

describe('malformed UTF-8', () => {
  const bytes = Buffer.from('{"notes":"caf\xe9"}', 'latin1');

  it.each([bytes, Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), Buffer.from([0xff])])(
    'Malformed UTF-8 is refused when the gateway hands on the bytes',
    async (sent) => {
      const given = { body: base64(sent), isBase64Encoded: true };
      await expect(plain(given)).rejects.toMatchObject(UNDECODED);
    },
  );

  it('Malformed UTF-8 is refused when the gateway has put U+FFFD in its place', async () => {
    const given = { body: bytes.toString('utf8'), headers: { 'content-length': String(bytes.length) } };
    await expect(plain(given)).rejects.toMatchObject(UNDECODED);
    await expect(sensitive(given)).rejects.toMatchObject(UNDECODED);
  });

  it('A U+FFFD that the client itself sent is not taken for malformed UTF-8', async () => {
    const body = '{"notes":"caf\ufffd"}';
    const headers = { 'content-length': String(Buffer.byteLength(body)) };
    expect((await plain({ body, headers })).raw).toEqual({ notes: 'caf\ufffd' });
    expect((await plain({ body })).raw).toEqual({ notes: 'caf\ufffd' });
    const given = { body: base64(body), isBase64Encoded: true, headers };
    expect((await plain(given)).raw).toEqual({ notes: 'caf\ufffd' });
  });
});

describe('a sensitive body', () => {
  const json = '{"password":"p\u00e4ss>>>???"}';

  it('A sensitive body is decoded from standard base64, and first from the gateway’s own', async () => {
    expect((await sensitive({ body: base64(json) })).raw).toEqual(JSON.parse(json));
    const twice = { body: base64(base64(json)), isBase64Encoded: true };
    expect((await sensitive(twice)).raw).toEqual(JSON.parse(json));
  });

  it.each(['\n', '\r\n'])('A sensitive body may have line breaks (%j)', async (lineBreak) => {
    const body = `${lineBreak}${base64(json).replaceAll(/(.{8})/g, `$1${lineBreak}`)}${lineBreak}`;
    expect((await sensitive({ body })).raw).toEqual(JSON.parse(json));
  });

  it.each([
    ['plain JSON', json],
    ['the URL alphabet', Buffer.from(json).toString('base64url')],
    ['no padding', base64('{"a":10}').replace(/=+$/, '')],
    ['too much padding', `${base64('{"a":1}')}=`],
    ['padding in the middle', `${base64('{')}${base64('"a":1}')}`],
    ['a space', `${base64(json).slice(0, 4)} ${base64(json).slice(4)}`],
    ['a tab', `${base64(json)}\t`],
    ['a character outside the alphabet', `${base64(json)}*`],
    ['a character beyond Latin-1', `${base64(json)}\u0141`],
    ['bits beyond the end', base64('{"a":10}').replace(/.=$/, '1=')],
    ['bytes that are no UTF-8', base64(Buffer.from('{"a":"\xe9"}', 'latin1'))],
    ['text that is no JSON', base64('a=1')],
    ['base64 twice', base64(base64(json))],
  ])('A sensitive body with %s cannot be decoded', async (_, body) => {
    await expect(sensitive({ body })).rejects.toMatchObject(UNDECODED);
  });

  it.for(NOTHING)('A sensitive body that says %s holds no parameters', async (text) => {
    await expect(sensitive(text === undefined ? {} : { body: base64(text) })).rejects.toMatchObject(EMPTY);
  });
});

describe('a body’s size', () => {
  /** A JSON object of exactly so many bytes, not all of which are characters. */
  const ofBytes = (size: number): string => `{"a":"é${'x'.repeat(size - '{"a":"é"}'.length - 1)}"}`;

  const TOO_LARGE = {
    ...refusal('invalid-param'),
    details: { errors: [{ param: 'body', code: 'too-large', message: 'body must be at most 256 KiB.' }] },
  };

  it('A body may have 256 KiB and no more', async () => {
    const most = ofBytes(256 * KIB);
    const more = ofBytes(256 * KIB + 1);
    expect([most, more].map((body) => Buffer.byteLength(body))).toEqual([256 * KIB, 256 * KIB + 1]);
    expect((await plain({ body: most })).raw).toBeDefined();
    expect((await plain({ body: base64(most), isBase64Encoded: true })).raw).toBeDefined();
    await expect(plain({ body: more })).rejects.toMatchObject(TOO_LARGE);
    await expect(plain({ body: base64(more), isBase64Encoded: true })).rejects.toMatchObject(TOO_LARGE);
  });

  it('The size of a body is that of what was sent, so on a sensitive route of the base64', async () => {
    const body = base64(ofBytes(192 * KIB));
    expect(body).toHaveLength(256 * KIB);
    expect((await sensitive({ body })).raw).toBeDefined();
    await expect(sensitive({ body: `${body}\n` })).rejects.toMatchObject(TOO_LARGE);
  });

  it('The size of a body is judged before what is in it', async () => {
    const malformed = Buffer.alloc(256 * KIB + 1, 0xff);
    for (const given of [
      { body: 'x'.repeat(256 * KIB + 1) },
      { body: ' '.repeat(256 * KIB + 1) },
      { body: malformed.toString('base64'), isBase64Encoded: true },
      { body: malformed.toString('utf8'), headers: { 'content-length': String(malformed.length) } },
    ]) {
      await expect(plain(given)).rejects.toMatchObject(TOO_LARGE);
      await expect(sensitive(given)).rejects.toMatchObject(TOO_LARGE);
    }
  });
});
