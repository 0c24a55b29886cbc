import { describe, expect, it } from 'vitest';
import { changeRoles } from '../../functions/accounts/roles.ts';
import { openSession } from '../../functions/accounts/sessions.ts';
import { findCredential, tokenKey } from '../../functions/accounts/tokens.ts';
import type { User } from '../../functions/accounts/user.ts';
import { endSession } from '../../functions/accounts/user-sessions.ts';
import { findUser } from '../../functions/accounts/users.ts';
import { randomToken } from '../../functions/table/ids.ts';
import { daysAgo, NO_ROLE, NOW } from '../support/sessions.ts';
import { savedUser } from '../support/users.ts';
import { cancelled, type Fault, internalError } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const EMPLOYEE = { ...NO_ROLE, employee: true };
const granted = { held: ({ held }: User) => ({ ...held, employee: true }), now: NOW };
const removed = { held: ({ held }: User) => ({ ...held, employee: false }), now: NOW };
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** What the session of a token holds now; undefined when there is none. */
const heldBy = async (token: string) => {
  const credential = await findCredential(db.open(), token);
  return credential?.kind === 'session' ? credential.session.held : undefined;
};
/** How many of the sessions are an employee's, and how many there are. */
const employees = async (opened: readonly { token: string }[]) => {
  const held = await Promise.all(opened.map(({ token }) => heldBy(token)));
  const there = held.filter((each) => each !== undefined);
  return { employees: there.filter(({ employee }) => employee).length, there: there.length };
};
const open = (user: User) => {
  const [table, token] = [db.open(), randomToken('ses')];
  return openSession(table, user.user_id, { token, remember_me: false, now: NOW }, async (opened, writes) => {
    await table.transact(writes);
    return opened;
  });
};
/** Changes roles, with nothing besides. */
const inOneGo = (user_id: number, change: Parameters<typeof changeRoles>[2]) => {
  const table = db.open();
  return changeRoles(table, user_id, change, (_, writes) => table.transact(writes));
};

describe('a role', () => {
  it('A role that is gained or lost holds for all sessions, in one transaction', async () => {
    const { user, opened } = await savedUser(db, { sessions: times(50, () => ({})) });
    expect(await inOneGo(user.user_id, granted)).toMatchObject({ isNew: true, sessions: 50 });
    expect(await employees(opened)).toEqual({ employees: 50, there: 50 });
    await inOneGo(user.user_id, removed);
    expect(await employees(opened)).toEqual({ employees: 0, there: 50 });
    expect(db.wire.operations.filter((operation) => operation === 'TransactWriteItems')).toHaveLength(2);
  });

  it.each([95, 180])(
    'A role of somebody with %i sessions is gained by 50 of them, the others having ended',
    async (count) => {
      const { user, opened } = await savedUser(db, {
        sessions: times(count, (index) => ({ last_used_at: daysAgo(index / count) })),
      });
      await inOneGo(user.user_id, granted);
      expect(await employees(opened)).toEqual({ employees: 50, there: 50 });
      expect(await employees(opened.slice(0, 50))).toEqual({ employees: 50, there: 50 });
    },
  );

  it('A role is gained by the session that asks for it, however long that was unused', async () => {
    const { user, opened } = await savedUser(db, {
      sessions: times(95, (index) => ({ last_used_at: daysAgo(index / 95) })),
    });
    const { token } = opened.at(-1) ?? { token: '' };
    await inOneGo(user.user_id, { ...granted, current: tokenKey(token) });
    expect(await heldBy(token)).toMatchObject({ employee: true });
    expect(await employees(opened)).toEqual({ employees: 50, there: 50 });
  });

  it.each([50, 95])(
    'A role of somebody with %i sessions is lost by all of them or by none',
    async (count) => {
      const { user, opened } = await savedUser(db, {
        user: { held: EMPLOYEE },
        sessions: times(count, () => ({ remember_me: true })),
      });
      // What ends the sessions that are too many goes through; all that comes after it does not.
      const ends = count > 90 ? 1 : 0;
      db.wire.fail('TransactWriteItems', ({ input }, forward) => forward(input), ends);
      db.wire.fail('TransactWriteItems', internalError, 3);
      await expect(inOneGo(user.user_id, removed)).rejects.toThrow('InternalServerError');
      expect(await employees(opened)).toEqual({ employees: 50, there: 50 });
      expect(await findUser(db.open(), user.user_id)).toMatchObject({ held: EMPLOYEE });
      await inOneGo(user.user_id, removed);
      expect(await employees(opened)).toEqual({ employees: 0, there: 50 });
    },
  );

  it('A role that an earlier release has left with sessions is taken from them, though the user has it no more', async () => {
    const { user, opened } = await savedUser(db, {
      sessions: [...times(3, () => ({ held: EMPLOYEE, remember_me: true })), {}],
    });
    expect(await inOneGo(user.user_id, removed)).toMatchObject({ isNew: false, sessions: 3 });
    expect(await employees(opened)).toEqual({ employees: 0, there: 4 });
    expect(await inOneGo(user.user_id, removed)).toMatchObject({ isNew: false, sessions: 0 });
  });

  it('A role is changed though one of the sessions cannot be read, which then holds it too', async () => {
    const { user, opened } = await savedUser(db, { sessions: [{}, {}] });
    const key = tokenKey(opened[0]?.token ?? '');
    await db.put({ ...(await db.row(key)), ...key, remember_me: 'perhaps' });
    await inOneGo(user.user_id, granted);
    expect(await db.row(key)).toMatchObject({ held: EMPLOYEE, remember_me: 'perhaps' });
  });

  it('A change of roles leaves those alone that only another release knows, with the user and its sessions', async () => {
    const held = { ...NO_ROLE, auditor: { since: 2027 } };
    const { user, opened } = await savedUser(db, { user: { held }, sessions: [{}] });
    await inOneGo(user.user_id, granted);
    expect(await heldBy(opened[0]?.token ?? '')).toEqual({ ...held, employee: true });
    expect(await findUser(db.open(), user.user_id)).toMatchObject({ held: { ...held, employee: true } });
  });

  it('A role holds for sessions that are opened while it is given', async () => {
    const { user } = await savedUser(db);
    const [, ...opened] = await Promise.all([inOneGo(user.user_id, granted), ...times(10, () => open(user))]);
    expect(await employees(opened)).toEqual({ employees: 10, there: 10 });
  });

  it('A role is given though one of the sessions ends meanwhile', async () => {
    const { user, opened } = await savedUser(db, { sessions: [{}, {}] });
    const [keeps, ends] = opened.map(({ token }) => token);
    const endMeanwhile: Fault = async (...args) => {
      await db.open().transact(endSession(ends ?? '', user.user_id, NOW));
      return cancelled('TransactionConflict')(...args);
    };
    db.wire.fail('TransactWriteItems', endMeanwhile);
    await inOneGo(user.user_id, granted);
    expect(await heldBy(keeps ?? '')).toMatchObject({ employee: true });
    expect(await heldBy(ends ?? '')).toBeUndefined();
  });

  it('A role stays as it is when the change says so, and nothing is written', async () => {
    const { user } = await savedUser(db, { sessions: [{}] });
    const change = { held: () => undefined, now: NOW };
    expect(await inOneGo(user.user_id, change)).toMatchObject({ isNew: false, sessions: 0 });
    expect(db.wire.operations).not.toContain('TransactWriteItems');
  });
});
