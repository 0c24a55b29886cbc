import { randomUUID, scryptSync } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { SIGN_IN_LIMIT } from '../../../../functions/accounts/attempt-limits.ts';
import { signInAttempts } from '../../../../functions/accounts/sign-in-attempts.ts';
import { handler } from '../../../../functions/routes/auth/sessions/create/handler.ts';
import { deployed } from '../../../support/echo-route.ts';
import { aContext, anEvent } from '../../../support/events.ts';
import { Output } from '../../../support/output.ts';
import { aUser } from '../../../support/users.ts';
import { WiredTable } from '../../../support/wired-table.ts';

/** Signing in again with a key, with something happening in the middle of it. */
const db = new WiredTable();
new Output();

const PASSWORD = 'a good password';
/** Weak, so that signing in takes no time. */
const WEAK = { cost: 2 ** 10, blockSize: 8, parallelization: 1 };
const salt = Buffer.from('salt');
const hash = scryptSync(PASSWORD, salt, 32, WEAK).toString('base64');
const { user, rows } = aUser({}, { algorithm: 'scrypt', ...WEAK, salt: salt.toString('base64'), hash });
beforeEach(() => db.put(...rows, ...deployed('sessions/create', 'auth')));

const signIn = async (key: string) => {
  const body = Buffer.from(JSON.stringify({ email: user.email, password: PASSWORD })).toString('base64');
  const answer = await handler(anEvent({ body, headers: { 'idempotency-key': key } }), aContext());
  return JSON.parse(answer.body ?? '');
};

it('A sign-in again with a key is refused when too many attempts fail meanwhile, as any other', async () => {
  const key = randomUUID();
  const { session } = await signIn(key);
  expect((await signIn(key)).session.token).toBe(session.token);
  // The password is looked up anew once attempts were found to be permitted.
  db.wire.fail('GetItem', async ({ input }, forward) => {
    const attempts = signInAttempts(db.open(), user.email, '127.0.0.1', new Date());
    for (let guess = 0; guess < SIGN_IN_LIMIT.most; guess += 1) await attempts.record();
    return forward(input);
  });
  const answer = await signIn(key);
  expect(answer.status).toBe('too-many-attempts');
  expect(answer.session).toBeUndefined();
});
