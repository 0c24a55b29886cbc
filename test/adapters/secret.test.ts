import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { forgetSecret, readSecret } from '../../functions/adapters/secret.ts';
import { type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';

/** SSM as it answers next, with the names that it was asked for. */
let next: { status: number; body: object } | undefined;
const holding = (Value: string) => ({ status: 200, body: { Parameter: { Value } } });
const asked: string[] = [];
let server: LoopbackServer;

beforeAll(async () => {
  server = await serveLoopback(({ body }) => {
    const { Name, WithDecryption } = JSON.parse(body);
    if (WithDecryption) asked.push(Name);
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    return next && { status: next.status, headers, body: JSON.stringify(next.body) };
  });
});
afterAll(() => server.close());
beforeEach(() => {
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', server.url);
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  next = holding('first');
  asked.length = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
  forgetSecret();
});

const inTime = () => new AbortController().signal;

it('a secret is read once', async () => {
  expect(await readSecret('key', inTime())).toBe('first');
  next = holding('second');
  expect(await readSecret('key', inTime())).toBe('first');
  expect(asked).toEqual(['key']);
});

it('a secret that was forgotten is read again', async () => {
  await readSecret('key', inTime());
  next = holding('second');
  forgetSecret();
  expect(await readSecret('key', inTime())).toBe('second');
  expect(asked).toEqual(['key', 'key']);
});

it('another secret is not taken for the one that is known', async () => {
  await readSecret('key', inTime());
  next = holding('other’s');
  expect(await readSecret('other', inTime())).toBe('other’s');
});

it('a secret that is not set is none, and is asked for again', async () => {
  next = { status: 400, body: { __type: 'ParameterNotFound' } };
  expect(await readSecret('key', inTime())).toBeUndefined();
  next = holding('first');
  expect(await readSecret('key', inTime())).toBe('first');
});

it('a secret that may not be read is a fault, and is asked for again', async () => {
  next = { status: 400, body: { __type: 'AccessDeniedException' } };
  await expect(readSecret('key', inTime())).rejects.toMatchObject({ name: 'AccessDeniedException' });
  next = holding('first');
  expect(await readSecret('key', inTime())).toBe('first');
});

it('SSM is waited for no longer than there is time', async () => {
  next = undefined;
  await expect(readSecret('key', AbortSignal.timeout(20))).rejects.toThrow();
});
