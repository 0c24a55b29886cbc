import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultProvider } from '../../../infra/lean-modules/environment-credentials.ts';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA1');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
});
afterEach(() => vi.unstubAllEnvs());

it('The credentials are those that the environment has when they are asked for', async () => {
  const credentials = defaultProvider({});
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  expect(await credentials()).toEqual({
    accessKeyId: 'AKIA1',
    secretAccessKey: 'secret',
    sessionToken: 'session',
  });
});

it('The credentials are keys alone where there is no session token', async () => {
  expect(await defaultProvider({})()).toEqual({ accessKeyId: 'AKIA1', secretAccessKey: 'secret' });
});

it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
  'The credentials are refused, and it is said that %s is not set',
  async (name) => {
    vi.stubEnv(name, '');
    await expect(defaultProvider({})()).rejects.toThrow(`${name} is not set`);
  },
);
