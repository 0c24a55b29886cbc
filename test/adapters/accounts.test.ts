import { describe, expect, it } from 'vitest';
import { randomToken } from '../../functions/adapters/ids.ts';
import { changeRoles } from '../../functions/adapters/roles.ts';
import {
  endAllSessions,
  endSession,
  newSession,
  openSession,
  sessionsOf,
  sessionWrites,
} from '../../functions/adapters/sessions.ts';
import { findCredential } from '../../functions/adapters/tokens.ts';
import { EmailTaken, findLogin, findUser, saveNewUser } from '../../functions/adapters/users.ts';
import type { HeldRoles } from '../../functions/domain/caller.ts';
import { aUser, NO_PASSWORD } from '../support/users.ts';
import { cancelled, type Fault } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const now = new Date('2026-11-05T15:00:00.000Z');
const employee = ({ held }: { held: HeldRoles }): HeldRoles => ({ ...held, employee: true });

/** What the session of a token holds now; undefined when there is none. */
const heldBy = async (token: string) => {
  const credential = await findCredential(db.open(), token);
  return credential?.kind === 'session' ? credential.session.held : undefined;
};

const savedUser = async () => {
  const { user, rows } = aUser();
  await db.put(...rows);
  return user;
};

describe('a new user', () => {
  it('is saved with its login and its first session', async () => {
    const { user } = aUser();
    const opened = newSession(user, { token: randomToken('ses'), remember_me: true, now });
    await saveNewUser(db.open(), user, NO_PASSWORD, sessionWrites(opened));
    expect(await findLogin(db.open(), user.email.toUpperCase())).toEqual({
      user_id: user.user_id,
      password: NO_PASSWORD,
    });
    expect(await findUser(db.open(), user.user_id)).toMatchObject({ ...user, sessions_made: 1 });
    expect(await heldBy(opened.token)).toEqual(user.held);
  });

  it('with an address that is taken leaves nothing behind', async () => {
    const { user: first } = aUser();
    await saveNewUser(db.open(), first, NO_PASSWORD, []);
    const { user } = aUser({ email: first.email });
    const opened = newSession(user, { token: randomToken('ses'), remember_me: false, now });
    await expect(saveNewUser(db.open(), user, NO_PASSWORD, sessionWrites(opened))).rejects.toThrow(
      EmailTaken,
    );
    expect(await findUser(db.open(), user.user_id)).toBeUndefined();
    expect(await heldBy(opened.token)).toBeUndefined();
    expect(await findLogin(db.open(), first.email)).toMatchObject({ user_id: first.user_id });
  });
});

describe('a role', () => {
  it('that is gained or lost holds for all sessions that exist, more than a transaction takes too', async () => {
    const user = await savedUser();
    const opened = await Promise.all(
      Array.from({ length: 95 }, () =>
        openSession(db.open(), user.user_id, { token: randomToken('ses'), remember_me: false, now }),
      ),
    );
    await changeRoles(db.open(), user.user_id, employee);
    for (const { token } of opened) expect(await heldBy(token)).toMatchObject({ employee: true });
    await changeRoles(db.open(), user.user_id, ({ held }) => ({ ...held, employee: false }));
    for (const { token } of opened) expect(await heldBy(token)).toMatchObject({ employee: false });
  });

  it('that is taken back before all sessions have it is held by none in the end', async () => {
    const user = await savedUser();
    const opened = await Promise.all(
      Array.from({ length: 95 }, () =>
        openSession(db.open(), user.user_id, { token: randomToken('ses'), remember_me: false, now }),
      ),
    );
    let transactions = 0;
    // As the grant goes on to the sessions that were too many for its first transaction, the role is removed.
    const removeMeanwhile: Fault = async ({ input }, forward) => {
      transactions += 1;
      if (transactions === 2) {
        await changeRoles(db.open(), user.user_id, ({ held }) => ({ ...held, employee: false }));
      }
      return forward(input);
    };
    db.wire.fail('TransactWriteItems', removeMeanwhile, 2);
    await changeRoles(db.open(), user.user_id, employee);
    for (const { token } of opened) expect(await heldBy(token)).toMatchObject({ employee: false });
  });

  it('holds for sessions that are opened at the same time', async () => {
    const user = await savedUser();
    const open = () =>
      openSession(db.open(), user.user_id, { token: randomToken('ses'), remember_me: false, now });
    const [, ...opened] = await Promise.all([
      changeRoles(db.open(), user.user_id, employee),
      ...Array.from({ length: 10 }, open),
    ]);
    for (const { token } of opened) expect(await heldBy(token)).toMatchObject({ employee: true });
  });

  it('is given though one of the sessions is forgotten, or ends meanwhile', async () => {
    const user = await savedUser();
    const [kept, ended] = [
      await openSession(db.open(), user.user_id, { token: randomToken('ses'), remember_me: false, now }),
      await openSession(db.open(), user.user_id, { token: randomToken('ses'), remember_me: false, now }),
    ];
    db.wire.fail('TransactWriteItems', async (...args) => {
      await endSession(db.open(), ended.token, user.user_id, []);
      return cancelled('TransactionConflict')(...args);
    });
    await changeRoles(db.open(), user.user_id, employee);
    expect(await heldBy(kept.token)).toMatchObject({ employee: true });
    expect(await heldBy(ended.token)).toBeUndefined();
  });

  it('stays as it is when the change says so', async () => {
    const user = await savedUser();
    expect(await changeRoles(db.open(), user.user_id, () => undefined)).toBeUndefined();
    expect(await findUser(db.open(), user.user_id)).toMatchObject({ roles_version: 1 });
  });
});

describe('sessions', () => {
  it('end one by one, or all at once', async () => {
    const user = await savedUser();
    const open = () =>
      openSession(db.open(), user.user_id, { token: randomToken('ses'), remember_me: false, now });
    const [one, two, three] = [await open(), await open(), await open()];
    await endSession(db.open(), one.token, user.user_id, []);
    expect(await heldBy(one.token)).toBeUndefined();
    expect(await sessionsOf(db.open(), user.user_id)).toHaveLength(2);
    expect(await endAllSessions(db.open(), user.user_id)).toBe(2);
    expect([await heldBy(two.token), await heldBy(three.token)]).toEqual([undefined, undefined]);
    expect(await sessionsOf(db.open(), user.user_id)).toEqual([]);
  });
});
