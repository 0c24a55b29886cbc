import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { forgetSecret, readSecret } from '../../functions/adapters/secret.ts';
import { type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';

/** Secrets Manager as it answers next, with the ids that it was asked for. */
let next: { status: number; body: object } | undefined;
const asked: string[] = [];
let server: LoopbackServer;

beforeAll(async () => {
  server = await serveLoopback(({ body }) => {
    asked.push(JSON.parse(body).SecretId);
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    return next && { status: next.status, headers, body: JSON.stringify(next.body) };
  });
});
afterAll(() => server.close());
beforeEach(() => {
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', server.url);
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  next = { status: 200, body: { SecretString: 'first' } };
  asked.length = 0;
});
afterEach(() => {
  vi.unstubAllEnvs();
  forgetSecret();
});

const inTime = () => new AbortController().signal;

it('a secret is read once', async () => {
  expect(await readSecret('key', inTime())).toBe('first');
  next = { status: 200, body: { SecretString: 'second' } };
  expect(await readSecret('key', inTime())).toBe('first');
  expect(asked).toEqual(['key']);
});

it('a secret that was forgotten is read again', async () => {
  await readSecret('key', inTime());
  next = { status: 200, body: { SecretString: 'second' } };
  forgetSecret();
  expect(await readSecret('key', inTime())).toBe('second');
  expect(asked).toEqual(['key', 'key']);
});

it('another secret is not taken for the one that is known', async () => {
  await readSecret('key', inTime());
  next = { status: 200, body: { SecretString: 'other’s' } };
  expect(await readSecret('other', inTime())).toBe('other’s');
});

it.each([
  [
    'is not there',
    { status: 400, body: { __type: 'ResourceNotFoundException' } },
    'ResourceNotFoundException',
  ],
  ['holds no text', { status: 200, body: { SecretBinary: 'AAAA' } }, 'Error'],
])('a secret that %s is a fault, and is asked for again', async (_, answer, name) => {
  next = answer;
  await expect(readSecret('key', inTime())).rejects.toMatchObject({ name });
  next = { status: 200, body: { SecretString: 'first' } };
  expect(await readSecret('key', inTime())).toBe('first');
});

it('Secrets Manager is waited for no longer than there is time', async () => {
  next = undefined;
  await expect(readSecret('key', AbortSignal.timeout(20))).rejects.toThrow();
});
