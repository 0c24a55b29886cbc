import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { useKey } from '../../functions/accounts/session-use.ts';
import { openSession } from '../../functions/accounts/sessions.ts';
import { findCredential, tokenKey } from '../../functions/accounts/tokens.ts';
import type { User } from '../../functions/accounts/user.ts';
import { endAllSessions, endSession, sessionsOf } from '../../functions/accounts/user-sessions.ts';
import { randomToken } from '../../functions/table/ids.ts';
import { daysAgo, NOW } from '../support/sessions.ts';
import { savedUser } from '../support/users.ts';
import type { Fault } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

const open = (user: User, table = db.open()) => {
  const token = randomToken('ses');
  return openSession(table, user.user_id, { token, remember_me: true, now: NOW }, async (opened, writes) => {
    await table.transact(writes);
    return opened;
  });
};
const isThere = async ({ token }: { token: string }) =>
  (await findCredential(db.open(), token)) !== undefined;
const there = async (opened: readonly { token: string }[]): Promise<boolean[]> =>
  Promise.all(opened.map(isThere));
const pointersOf = ({ user_id }: User) => db.open().query(`USER#${user_id}`, 'SESSION#');

describe('one session more than a user may have', () => {
  it('One session more than 50 ends the one unused for longest, by the later of both notes of its use', async () => {
    const { user, opened } = await savedUser(db, {
      sessions: times(50, (index) => ({
        last_used_at: daysAgo(index === 2 ? 5 : index === 7 ? 3 : 1),
        remember_me: true,
      })),
    });
    // By its own row the third was unused for longest, but a use is noted beside that.
    await db.put({ ...useKey(tokenKey(opened[2]?.token ?? '')), last_used_at: daysAgo(0) });
    const another = await open(user);
    expect(await there([...opened, another])).toEqual(times(51, (index) => index !== 7));
    expect(await sessionsOf(db.open(), user.user_id)).toHaveLength(50);
    expect(db.wire.operations.filter((operation) => operation === 'TransactWriteItems')).toHaveLength(1);
  });

  it('One session more than 50 ends one that has expired before one that is good', async () => {
    const { user, opened } = await savedUser(db, {
      sessions: [
        ...times(49, () => ({ created_at: daysAgo(60), last_used_at: daysAgo(50), remember_me: true })),
        { created_at: daysAgo(8), last_used_at: daysAgo(2) },
      ],
    });
    await open(user);
    expect(await there(opened)).toEqual([...Array(49).fill(true), false]);
  });

  it('A fiftieth session ends none of the 49 before it', async () => {
    const { user, opened } = await savedUser(db, { sessions: times(49, () => ({})) });
    await open(user);
    expect(await there(opened)).toEqual(Array(49).fill(true));
  });

  it.each([51, 90, 180])(
    'A new session ends all beyond 50 of the %i that release 0.2 let somebody have',
    async (count) => {
      const { user, opened } = await savedUser(db, {
        sessions: times(count, (index) => ({ last_used_at: daysAgo(index / count) })),
      });
      await open(user);
      expect(await there(opened)).toEqual(opened.map((_, index) => index < 49));
      expect(await sessionsOf(db.open(), user.user_id)).toHaveLength(50);
      // What is left to point to nothing goes with the next one.
      await open(user);
      expect(await sessionsOf(db.open(), user.user_id)).toHaveLength(50);
      expect(await pointersOf(user)).toHaveLength(50);
    },
  );

  it('Nobody ever has more than 50 sessions, however many are opened at the same time', async () => {
    const { user } = await savedUser(db, { sessions: times(45, () => ({})) });
    await Promise.all(times(10, () => open(user)));
    expect(await sessionsOf(db.open(), user.user_id)).toHaveLength(50);
  });

  it('A new session ends none when of some that are pointed to nothing is left', async () => {
    const { user, opened } = await savedUser(db, { sessions: times(55, () => ({})) });
    for (const { token } of opened.slice(0, 10)) {
      await db.client.send(new DeleteCommand({ TableName: db.name, Key: { ...tokenKey(token) } }));
    }
    await open(user);
    expect(await there(opened)).toEqual(opened.map((_, index) => index >= 10));
  });

  it('A new session takes nothing from one that only just appears behind what points to it', async () => {
    const { user, opened } = await savedUser(db, { sessions: times(50, () => ({})) });
    const [late] = opened;
    const key = tokenKey(late?.token ?? '');
    const row = (await db.row(key)) ?? {};
    await db.client.send(new DeleteCommand({ TableName: db.name, Key: { ...key } }));
    const appearing: Fault = async ({ input }, forward) => {
      await db.put(row);
      return forward(input);
    };
    db.wire.fail('TransactWriteItems', appearing);
    await open(user);
    const pointed = (await pointersOf(user)).map(({ token_pk }) => token_pk);
    expect(pointed.includes(key.pk)).toBe((await db.row(key)) !== undefined);
    expect(pointed).toHaveLength(50);
  });

  it('A new session ends no good one for one that cannot be read, and is opened all the same', async () => {
    const { user, opened } = await savedUser(db, { sessions: times(50, () => ({})) });
    const key = tokenKey(opened[0]?.token ?? '');
    await db.put({ ...(await db.row(key)), last_used_at: 'yesterday' });
    const table = db.open();
    const another = await open(user, table);
    expect(await isThere(another)).toBe(true);
    expect(await db.row(key)).toBeDefined();
    expect(table.unreadable.map(({ key: { pk } }) => pk)).toEqual([key.pk]);
  });
});

describe('sessions', () => {
  it('Sessions end one by one, or all at once', async () => {
    const { user } = await savedUser(db);
    const [one, two, three] = [await open(user), await open(user), await open(user)];
    await db.open().transact(endSession(one.token, user.user_id, NOW));
    expect(await there([one, two, three])).toEqual([false, true, true]);
    expect(await endAllSessions(db.open(), user.user_id, NOW)).toBe(2);
    expect(await there([one, two, three])).toEqual([false, false, false]);
    expect(await sessionsOf(db.open(), user.user_id)).toEqual([]);
  });

  it('Sessions end all, also one that is opened meanwhile', async () => {
    const { user } = await savedUser(db);
    const opened = [await open(user)];
    const openMeanwhile: Fault = async ({ input }, forward) => {
      opened.push(await open(user));
      return forward(input);
    };
    // The first says that the user has changed, the second ends the sessions that were there.
    db.wire.fail('TransactWriteItems', ({ input }, forward) => forward(input));
    db.wire.fail('TransactWriteItems', openMeanwhile);
    expect(await endAllSessions(db.open(), user.user_id, NOW)).toBe(2);
    expect(await there(opened)).toEqual([false, false]);
  });

  it('A session that was about to be opened when all were ended comes after that', async () => {
    const { user } = await savedUser(db);
    let ended = 0;
    const endMeanwhile: Fault = async ({ input }, forward) => {
      ended = await endAllSessions(db.open(), user.user_id, NOW);
      return forward(input);
    };
    db.wire.fail('TransactWriteItems', endMeanwhile);
    const opened = await open(user);
    expect(await isThere(opened)).toBe(true);
    expect(ended).toBe(0);
    // Asked for twice: what was sent before the end was refused.
    const asked = db.wire.requests.filter(({ input }) =>
      JSON.stringify(input).includes(tokenKey(opened.token).pk),
    );
    expect(asked.filter(({ operation }) => operation === 'TransactWriteItems')).toHaveLength(2);
  });

  it('Sessions end all, more than a transaction takes and those that cannot be read as well', async () => {
    const { user, opened } = await savedUser(db, { sessions: times(120, () => ({})) });
    const key = tokenKey(opened[0]?.token ?? '');
    await db.put({ ...key, kind: 'session' });
    expect(await endAllSessions(db.open(), user.user_id, NOW)).toBe(120);
    expect(await there(opened)).toEqual(Array(120).fill(false));
    expect(await pointersOf(user)).toEqual([]);
  });

  it('Sessions are listed without one that cannot be read', async () => {
    const { user, opened } = await savedUser(db, { sessions: times(3, () => ({})) });
    const key = tokenKey(opened[0]?.token ?? '');
    await db.put({ ...(await db.row(key)), name: 7 });
    const table = db.open();
    expect(await sessionsOf(table, user.user_id)).toHaveLength(2);
    expect(table.unreadable).toHaveLength(1);
  });
});
