import { createHook } from 'node:async_hooks';
import { scryptSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { findLogin } from '../../../../functions/accounts/logins.ts';
import { hashPassword } from '../../../../functions/accounts/passwords.ts';
import { sourceHash } from '../../../../functions/accounts/source-hash.ts';
import { findCredential } from '../../../../functions/accounts/tokens.ts';
import { handler } from '../../../../functions/routes/auth/sessions/create/handler.ts';
import { deployed } from '../../../support/echo-route.ts';
import { aContext, anEvent } from '../../../support/events.ts';
import { Output } from '../../../support/output.ts';
import { daysAgo } from '../../../support/sessions.ts';
import { aSessionOf, aUser } from '../../../support/users.ts';
import { WiredTable } from '../../../support/wired-table.ts';

const db = new WiredTable();
const output = new Output();
const PASSWORD = 'a good password';

const signIn = async (email: string, password: string) => {
  await db.put(...deployed('sessions/create', 'auth'));
  const body = Buffer.from(JSON.stringify({ email, password })).toString('base64');
  const answer = await handler(anEvent({ body }), aContext());
  return JSON.parse(answer.body ?? '');
};

/** How often a password is hashed meanwhile. */
const hashesDuring = async (act: () => Promise<unknown>): Promise<number> => {
  let hashes = 0;
  const hook = createHook({
    init: (_, type) => {
      if (type === 'SCRYPTREQUEST') hashes += 1;
    },
  }).enable();
  await act();
  hook.disable();
  return hashes;
};

it('A sign-in hashes once, for a wrong password, for an address that nobody has, and for what is right', async () => {
  const { user, rows } = aUser({}, (await hashPassword(PASSWORD)).hashed);
  await db.put(...rows);
  expect(await hashesDuring(() => signIn(user.email, 'a wrong password'))).toBe(1);
  expect(await hashesDuring(() => signIn('nobody@example.com', 'a wrong password'))).toBe(1);
  expect(await hashesDuring(() => signIn(user.email, PASSWORD))).toBe(1);
});

it('A sign-in hashes a password anew when its hash is outdated and the password is right', async () => {
  const salt = Buffer.from('old');
  const how = { cost: 2 ** 14, blockSize: 8, parallelization: 1 };
  const hash = scryptSync(PASSWORD, salt, 32, how).toString('base64');
  const { user, rows } = aUser({}, { algorithm: 'scrypt', ...how, salt: salt.toString('base64'), hash });
  await db.put(...rows);
  expect(await signIn(user.email, 'a wrong password')).toMatchObject({ status: 'invalid-param' });
  expect((await findLogin(db.open(), user.email))?.password?.cost).toBe(2 ** 14);
  expect(await signIn(user.email, PASSWORD)).toMatchObject({ status: 'client-required' });
  expect((await findLogin(db.open(), user.email))?.password?.cost).toBe(2 ** 17);
  expect(await signIn(user.email, PASSWORD)).toMatchObject({ status: 'client-required' });
});

it('A sign-in finds every password wrong whose hash only another release can make, in the same time', async () => {
  const { user, rows } = aUser();
  const [login, ...others] = rows;
  await db.put({ ...login, password: { algorithm: 'argon2id', memory: 19_456, hash: 'x' } }, ...others);
  expect(await hashesDuring(() => signIn(user.email, PASSWORD))).toBe(1);
  expect(await signIn(user.email, PASSWORD)).toMatchObject({
    status: 'invalid-param',
    errors: [{ param: 'password', code: 'wrong' }],
  });
});

it('A sign-in ends the session that was unused for longest when a user has 50', async () => {
  const { user, rows } = aUser({}, (await hashPassword(PASSWORD)).hashed);
  const opened = Array.from({ length: 50 }, (_, index) =>
    aSessionOf(user, { last_used_at: daysAgo(index === 20 ? 2 : 1), remember_me: true }),
  );
  await db.put(...rows, ...opened.flatMap((each) => each.rows));
  const { session } = await signIn(user.email, PASSWORD);
  const ended: string[] = [];
  for (const { token } of [...opened, session]) {
    if ((await findCredential(db.open(), token)) === undefined) ended.push(token);
  }
  expect(ended).toEqual([opened[20]?.token]);
});

it('A sign-in writes neither the address nor the password nor the token to the log', async () => {
  const { user, rows } = aUser({}, (await hashPassword(PASSWORD)).hashed);
  await db.put(...rows);
  const { session } = await signIn(user.email, PASSWORD);
  await signIn(user.email, 'a wrong password');
  expect(output.log).toHaveLength(2);
  for (const secret of [user.email, PASSWORD, 'a wrong password', session.token]) {
    expect(output.text).not.toContain(secret);
  }
});

it('A sign-in leaves in the log who it was, what was wrong, and a hash of the source that is another one the next day', async () => {
  const { user, rows } = aUser({}, (await hashPassword(PASSWORD)).hashed);
  await db.put(...rows);
  await signIn(user.email, 'a wrong password');
  await signIn('nobody@example.com', 'a wrong password');
  await signIn(user.email, PASSWORD);
  const source_hash = expect.stringMatching(/^[\w-]{16}$/);
  expect(output.log).toMatchObject([
    { sign_in: { outcome: 'failed', user_id: user.user_id, source_hash }, error_codes: ['wrong'] },
    { sign_in: { outcome: 'failed', source_hash }, error_codes: ['wrong'] },
    { sign_in: { outcome: 'done', user_id: user.user_id, source_hash } },
  ]);
  const hashes = output.log.map(({ sign_in }) => sign_in.source_hash);
  expect(new Set(hashes).size).toBe(1);
  expect(output.text).not.toContain('127.0.0.1');
  const counted = output.metrics.filter(({ Requests }) => Requests !== undefined);
  expect(counted.map(({ SignInsFailed }) => SignInsFailed)).toEqual([1, 1, undefined]);
  const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1_000);
  expect(await sourceHash(db.open(), '127.0.0.1', tomorrow)).not.toBe(hashes[0]);
});
