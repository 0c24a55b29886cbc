import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountCommands } from '../../../../ops/accounts.ts';
import { type Answer, TestStack } from '../../../support/local-stack.ts';
import { linkIn } from '../../../support/mailbox.ts';
import { runOps } from '../../../support/ops.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const OLD = 'the first passphrase';
const NEW = 'the second passphrase';
const WRONG = { status: 'invalid-param', errors: [{ param: 'password', code: 'wrong' }] };

const users = (...words: string[]) => runOps(accountCommands, api.target, 'users', ...words);
const registered = async () => {
  const email = `${randomUUID()}@example.org`;
  const { session } = await api.postEncoded('users/register', { email, password: OLD, name: 'Tess Quill' });
  return { email, token: session?.token ?? '' };
};
const signIn = (email: string, password: string, headers = {}) =>
  api.postEncoded('sessions/create', { email, password }, headers);
const isLive = async (token = '') => (await api.get('sessions/show', token)).http === 200;
const said = ({ http, status, message, errors }: Answer) => ({ http, status, message, errors });

it('A blocked user is out at once, and signs in with no password, until it is let in again', async () => {
  const { email, token } = await registered();
  const key = { 'idempotency-key': randomUUID() };
  const before = await signIn(email, OLD, key);
  expect(await users('block', email)).toContain('is blocked. Ended 2 sessions.');
  for (const ended of [token, before.session?.token]) expect(await isLive(ended)).toBe(false);
  const wrong = await signIn(email, 'no password of theirs');
  expect(wrong).toMatchObject(WRONG);
  expect(said(await signIn(email, OLD))).toEqual(said(wrong));
  // Also as the request that has opened a session before.
  expect((await signIn(email, OLD, key)).session).toBeUndefined();
  expect(await users('unblock', email)).toContain('may sign in again');
  expect(await isLive((await signIn(email, OLD)).session?.token)).toBe(true);
});

it('Another password, set by a link, lets no blocked user in, and tells nothing of it', async () => {
  const { email } = await registered();
  await users('block', email);
  expect(await api.postEncoded('users/request_password_reset', { email })).toMatchObject({ http: 200 });
  await api.stack.runSchedules();
  const reset = { reset: linkIn(api, email).token, password: NEW };
  const key = { 'idempotency-key': randomUUID() };
  for (let times = 0; times < 2; times += 1) {
    expect(await api.postEncoded('users/reset_password', reset, key)).toMatchObject({ http: 200, data: {} });
  }
  for (const password of [OLD, NEW]) expect((await signIn(email, password)).session).toBeUndefined();
  await users('unblock', email);
  expect(await isLive((await signIn(email, NEW)).session?.token)).toBe(true);
});

it('Nobody has a session who signs in at the moment in which the user is blocked', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { email } = await registered();
    const [, ...opened] = await Promise.all([
      users('block', email),
      ...[1, 2, 3].map(() => signIn(email, OLD)),
    ]);
    for (const answer of opened) {
      if (answer.session === undefined) expect(answer).toMatchObject(WRONG);
      else expect(await isLive(answer.session.token)).toBe(false);
    }
  }
});
