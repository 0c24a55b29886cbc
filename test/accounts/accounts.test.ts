import { describe, expect, it } from 'vitest';
import { SIGN_IN_LIMIT } from '../../functions/accounts/attempt-limits.ts';
import { Attempts, attemptsKey } from '../../functions/accounts/attempts.ts';
import { familiarSource, lastSignInFrom } from '../../functions/accounts/familiar-sources.ts';
import { findLogin } from '../../functions/accounts/logins.ts';
import { newSession, sessionWrites } from '../../functions/accounts/sessions.ts';
import { findCredential } from '../../functions/accounts/tokens.ts';
import { EmailTaken, findUser, saveNewUser, untilUserUnchanged } from '../../functions/accounts/users.ts';
import { randomToken } from '../../functions/table/ids.ts';
import { ChangedMeanwhile } from '../../functions/table/until-unchanged.ts';
import { aUser, NO_PASSWORD, savedUser } from '../support/users.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const now = new Date('2026-11-05T15:00:00.000Z');

describe('a new user', () => {
  it('A new user is saved with its login, its first session and its place in the list of users', async () => {
    const { user } = aUser();
    const opened = newSession(user, { token: randomToken('ses'), remember_me: true, now });
    await db.open().transact([...saveNewUser(user, NO_PASSWORD), ...sessionWrites(opened)]);
    expect(await findLogin(db.open(), user.email.toUpperCase())).toEqual({
      user_id: user.user_id,
      password: NO_PASSWORD,
      password_version: 0,
    });
    expect(await findUser(db.open(), user.user_id)).toMatchObject({ ...user, sessions_made: 1 });
    expect(await findCredential(db.open(), opened.token)).toMatchObject({ session: { held: user.held } });
    expect(await db.open().query('USERS', 'USER#')).toContainEqual({
      pk: 'USERS',
      sk: `USER#${user.created_at}#${user.user_id}`,
      user_id: user.user_id,
    });
  });

  it('A new user whose address is taken leaves nothing behind', async () => {
    const { user: first } = aUser();
    await db.open().transact(saveNewUser(first, NO_PASSWORD));
    const { user } = aUser({ email: first.email });
    const opened = newSession(user, { token: randomToken('ses'), remember_me: false, now });
    const saving = db.open().transact([...saveNewUser(user, NO_PASSWORD), ...sessionWrites(opened)]);
    await expect(saving).rejects.toThrow(EmailTaken);
    expect(await findUser(db.open(), user.user_id)).toBeUndefined();
    expect(await findCredential(db.open(), opened.token)).toBeUndefined();
    expect(await findLogin(db.open(), first.email)).toMatchObject({ user_id: first.user_id });
    expect((await db.open().query('USERS', 'USER#')).map(({ user_id }) => user_id)).not.toContain(
      user.user_id,
    );
  });
});

describe('what depends on a user', () => {
  it('What depends on a user is done anew while the user changes, but not for ever: 20 times', async () => {
    const { user } = await savedUser(db);
    let tries = 0;
    const never = untilUserUnchanged(db.open(), user.user_id, async () => {
      tries += 1;
      throw new ChangedMeanwhile();
    });
    await expect(never).rejects.toMatchObject({ name: 'TableUnavailable', tries: 20 });
    expect(tries).toBe(20);
    const third = await untilUserUnchanged(db.open(), user.user_id, async () => {
      tries += 1;
      if (tries < 23) throw new ChangedMeanwhile();
      return tries;
    });
    expect(third).toBe(23);
  });
});

describe('where a user has signed in', () => {
  it('A source from which a user has signed in is familiar for 90 days, whenever DynamoDB deletes it', async () => {
    const { user } = await savedUser(db);
    const isFamiliar = async (at: Date) =>
      (await lastSignInFrom(db.open(), user.email, '203.0.113.7', at)) !== undefined;
    expect(await isFamiliar(now)).toBe(false);
    await db.open().transact([familiarSource(user.email, '203.0.113.7', now)]);
    const days = (count: number) => new Date(now.getTime() + count * 24 * 60 * 60 * 1_000);
    expect(await isFamiliar(days(89))).toBe(true);
    expect(await isFamiliar(days(91))).toBe(false);
  });

  it('The last sign-in from a source is known to the millisecond, as a reset of the password may follow it at once', async () => {
    const { user } = await savedUser(db);
    const at = new Date(now.getTime() + 101);
    await db.open().transact([familiarSource(user.email, '203.0.113.7', at)]);
    expect(await lastSignInFrom(db.open(), user.email, '203.0.113.7', at)).toEqual(at);
  });
});

it('Failed attempts that cannot be read count for none, and the next failure mends the row', async () => {
  const key = attemptsKey(SIGN_IN_LIMIT, 'erin@example.com');
  await db.put({ ...key, failures: 'many' });
  const attempts = () => new Attempts(db.open(), [{ limit: SIGN_IN_LIMIT, who: 'erin@example.com' }], now);
  await attempts().permit();
  await attempts().whilePermitted((unchanged) => db.open().transact(unchanged));
  for (let time = 0; time < SIGN_IN_LIMIT.most; time += 1) await attempts().record();
  await expect(attempts().permit()).rejects.toMatchObject({ status: 'too-many-attempts' });
});
