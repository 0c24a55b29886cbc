import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Secret } from '../../../../functions/outbox/channels/email/secret.ts';
import { type LoopbackServer, serveLoopback } from '../../../../infra/local/loopback.ts';

/** SSM as it answers next, with the names that it was asked for. */
let next: { status: number; body: object } | undefined;
const holding = (Value: string) => ({ status: 200, body: { Parameter: { Value } } });
const asked: string[] = [];
/** A parameter that no test before has read. */
let name: string;
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
  name = randomUUID();
});
afterEach(() => void vi.unstubAllEnvs());

const inTime = () => new AbortController().signal;
const NOT_SET = { status: 400, body: { __type: 'ParameterNotFound' } };

it('A secret is read once for all invocations', async () => {
  expect(await new Secret(name).value(inTime())).toBe('first');
  next = holding('second');
  expect(await new Secret(name).value(inTime())).toBe('first');
  expect(asked).toEqual([name]);
});

it('A secret that many ask for at once is read once', async () => {
  const secret = new Secret(name);
  const values = await Promise.all(Array.from({ length: 10 }, () => secret.value(inTime())));
  expect(values).toEqual(Array(10).fill('first'));
  expect(asked).toEqual([name]);
});

it('A secret that was found to be wrong is read again once in an invocation, and is the new one from then on', async () => {
  await new Secret(name).value(inTime());
  next = holding('second');
  const secret = new Secret(name);
  expect(await secret.value(inTime())).toBe('first');
  const current = await Promise.all(Array.from({ length: 10 }, () => secret.current(inTime())));
  expect(current).toEqual(Array(10).fill('second'));
  expect(await secret.value(inTime())).toBe('second');
  expect(await new Secret(name).value(inTime())).toBe('second');
  expect(asked).toEqual([name, name]);
});

it('A secret that was read in this invocation is not read again, though it is wrong', async () => {
  const secret = new Secret(name);
  expect(await secret.value(inTime())).toBe('first');
  expect(await secret.current(inTime())).toBe('first');
  expect(asked).toEqual([name]);
});

it('Another secret is not taken for the one that is known', async () => {
  await new Secret(name).value(inTime());
  next = holding('other’s');
  expect(await new Secret(randomUUID()).value(inTime())).toBe('other’s');
});

it('A secret that is not set is none, and is asked for once in each invocation', async () => {
  next = NOT_SET;
  const secret = new Secret(name);
  expect(await Promise.all([secret.value(inTime()), secret.value(inTime())])).toEqual([undefined, undefined]);
  expect(await secret.value(inTime())).toBeUndefined();
  expect(asked).toEqual([name]);
  next = holding('first');
  expect(await new Secret(name).value(inTime())).toBe('first');
});

it('A secret that is not set any more is forgotten', async () => {
  await new Secret(name).value(inTime());
  next = NOT_SET;
  expect(await new Secret(name).current(inTime())).toBeUndefined();
  expect(await new Secret(name).value(inTime())).toBeUndefined();
});

it('A secret that may not be read is a fault, and is asked for again by the next invocation', async () => {
  next = { status: 400, body: { __type: 'AccessDeniedException' } };
  await expect(new Secret(name).value(inTime())).rejects.toMatchObject({ name: 'AccessDeniedException' });
  next = holding('first');
  expect(await new Secret(name).value(inTime())).toBe('first');
});

it('SSM is waited for no longer than there is time', async () => {
  next = undefined;
  await expect(new Secret(name).value(AbortSignal.timeout(20))).rejects.toThrow();
});
