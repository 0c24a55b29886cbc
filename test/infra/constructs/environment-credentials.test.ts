import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultProvider } from '../../../infra/constructs/environment-credentials.ts';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA1');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
});
afterEach(() => vi.unstubAllEnvs());

it('gives the role’s credentials of the moment', async () => {
  const credentials = defaultProvider({});
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  expect(await credentials()).toEqual({
    accessKeyId: 'AKIA1',
    secretAccessKey: 'secret',
    sessionToken: 'session',
  });
});

it('gives keys without a session token', async () => {
  expect(await defaultProvider({})()).toEqual({ accessKeyId: 'AKIA1', secretAccessKey: 'secret' });
});

it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])('says that %s is not set', async (name) => {
  vi.stubEnv(name, '');
  await expect(defaultProvider({})()).rejects.toThrow(`${name} is not set`);
});
