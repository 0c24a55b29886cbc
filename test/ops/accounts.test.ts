import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../functions/accounts/user.ts';
import { rowInEmployees } from '../../functions/accounts/user-list.ts';
import { findUser, userKey } from '../../functions/accounts/users.ts';
import { findClientId, rowInClients } from '../../functions/clients/client-list.ts';
import { rowOfClient } from '../../functions/clients/clients.ts';
import { accountCommands } from '../../ops/accounts.ts';
import { tryOps } from '../support/ops.ts';
import { NO_ROLE } from '../support/sessions.ts';
import { aSessionOf, savedUser } from '../support/users.ts';
import { WiredTable } from '../support/wired-table.ts';

/** What operators see of users, and whom they give roles. */
const db = new WiredTable();
beforeEach(() => db.clear());

const tryTo = (input: NodeJS.ReadableStream, ...words: string[]) =>
  tryOps((get) => accountCommands(get, input), { documents: db.client, tableName: db.name }, ...words);
const ops = async (...words: string[]): Promise<string> => {
  const { printed, failure } = await tryTo(new PassThrough().end(), ...words);
  if (failure) throw failure;
  return printed;
};
/** A terminal at which somebody types. */
const terminal = (typed: string) => Object.assign(new PassThrough().end(typed), { isTTY: true });
const isEmployee = async ({ user_id }: User) => (await findUser(db.open(), user_id))?.held.employee;

/** Saves users who registered one a day, the first one long ago. */
const registered = async (...names: string[]): Promise<User[]> => {
  const users: User[] = [];
  for (const [index, name] of names.entries()) {
    const created_at = new Date(Date.UTC(2026, 0, 1 + index)).toISOString();
    users.push((await savedUser(db, { user: { name, created_at } })).user);
  }
  return users;
};
/** The names in a printed list, in its order. */
const listed = (printed: string): string[] =>
  [...printed.matchAll(/Z +"?(\w+)/g)].map(([, name]) => name ?? '');

describe('an e-mail address to which a role is to be given', () => {
  it.each(['employees', 'liaisons'])(
    'An e-mail address that is to be given a role is only asked about without a terminal: %s grant',
    async (group) => {
      const { user } = await savedUser(db, { user: { name: 'New Hire' }, sessions: [{}, {}] });
      const { printed, failure } = await tryTo(new PassThrough().end('yes\n'), group, 'grant', user.email);
      for (const said of [
        user.name,
        user.email,
        user.created_at,
        'sessions   2',
        'Anybody may have registered',
      ]) {
        expect(printed).toContain(said);
      }
      expect(failure?.message).toContain(`npm run ops -- ${group} grant ${user.user_id}`);
      expect(await findUser(db.open(), user.user_id)).toMatchObject({ held: NO_ROLE });
    },
  );

  it('An e-mail address is asked back on a terminal, and gets the role when the answer is yes', async () => {
    const [user] = await registered('New Hire');
    if (user === undefined) throw new Error('nobody has registered');
    for (const typed of ['no\n', '\n', '', 'yeah, no\n']) {
      const { failure } = await tryTo(terminal(typed), 'employees', 'grant', user.email);
      expect(failure?.message).toBe('Nothing was changed.');
      expect(await isEmployee(user)).toBe(false);
    }
    const { printed } = await tryTo(terminal('yes\n'), 'employees', 'grant', user.email);
    expect(printed).toContain('Is it who you mean?');
    expect(await isEmployee(user)).toBe(true);
  });

  it('A role is given without a question when its user’s id is given', async () => {
    const [user] = await registered('New Hire');
    if (user === undefined) throw new Error('nobody has registered');
    await ops('employees', 'grant', String(user.user_id));
    expect(await isEmployee(user)).toBe(true);
    expect(await ops('employees', 'remove', user.email)).toContain('none');
    expect(await isEmployee(user)).toBe(false);
  });
});

describe('a role', () => {
  const EMPLOYEE = { ...NO_ROLE, employee: true };

  it('A role that sessions still hold is taken from them, though their user has it no more', async () => {
    const { user } = await savedUser(db, { sessions: [{ held: EMPLOYEE }, { held: EMPLOYEE }, {}] });
    const id = String(user.user_id);
    expect(await ops('employees', 'remove', id)).toMatch(/none, as before. Sessions that held .* no more: 2/);
    await expect(ops('employees', 'remove', id)).rejects.toThrow('Nothing to change');
  });

  it('A user is in the list of employees as long as the role is held', async () => {
    const { user } = await savedUser(db);
    const { pk, sk } = rowInEmployees(user);
    await ops('employees', 'grant', String(user.user_id));
    expect(await db.row({ pk, sk })).toEqual(rowInEmployees(user));
    await ops('employees', 'remove', String(user.user_id));
    expect(await db.row({ pk, sk })).toBeUndefined();
  });
});

describe('the list of users', () => {
  it('The list of users begins with those who registered last, and goes on where it is told to', async () => {
    const users = await registered('Ada', 'Bob', 'Cleo', 'Dan');
    expect(listed(await ops('users', 'list'))).toEqual(['Dan', 'Cleo', 'Bob', 'Ada']);
    const first = await ops('users', 'list', '--limit', '2');
    expect(listed(first)).toEqual(['Dan', 'Cleo']);
    expect(first).toContain(`users list --after ${users[2]?.user_id}`);
    expect(listed(await ops('users', 'list', '--after', String(users[2]?.user_id)))).toEqual(['Bob', 'Ada']);
  });

  it('The list of users reads the users that it shows, and not the table', async () => {
    await registered('Ada', 'Bob');
    db.wire.reset();
    await ops('users', 'list', '--limit', '1');
    expect(db.wire.operations).not.toContain('Scan');
  });

  it('The list of users goes on page by page, under one heading', async () => {
    await registered(...Array.from({ length: 230 }, (_, index) => `U${index}`));
    const printed = await ops('users', 'list', '--limit', '210');
    expect(listed(printed)).toEqual(Array.from({ length: 210 }, (_, index) => `U${229 - index}`));
    expect(printed.match(/USER ID/g)).toHaveLength(1);
  });

  it('The list of users leaves one out that cannot be read, and says so', async () => {
    const [ada] = await registered('Ada', 'Bob');
    const key = userKey(ada?.user_id ?? 0);
    await db.put({ ...(await db.row(key)), ...key, held: 'all' });
    const printed = await ops('users', 'list');
    expect(listed(printed)).toEqual(['Bob']);
    expect(printed).toContain(`Left out, since it cannot be read: '${key.pk}' 'USER'`);
  });

  it('The list of users shows no name as if it were what stands beside it', async () => {
    const [user] = await registered('Emil Stone     emil.stone@example.com   employee');
    expect(await ops('users', 'list')).toMatch(
      new RegExp(`"Emil Stone emil.stone@example.com employee" +${user?.email} +none`),
    );
  });
});

describe('a user who is kept out', () => {
  it('A user who is blocked is shown as such, and blocking it again ends what sessions it has', async () => {
    const { user } = await savedUser(db, { sessions: [{}] });
    const show = () => ops('users', 'show', user.email);
    expect(await show()).toContain('blocked    no');
    expect(await ops('users', 'block', user.email)).toContain('Ended 1 sessions');
    expect(await show()).toMatch(/blocked {4}20/);
    expect(await ops('users', 'list')).toMatch(/ none +20\d\d-/);
    await db.put(...aSessionOf(user).rows);
    expect(await ops('users', 'block', String(user.user_id))).toMatch(/blocked before.\n.*Ended 1 sessions/);
    await ops('users', 'unblock', user.email);
    expect(await show()).toContain('blocked    no');
    await expect(ops('users', 'unblock', user.email)).rejects.toThrow('is not blocked');
    await expect(ops('users', 'block', '4711')).rejects.toThrow('There is no user 4711');
  });
});

describe('users that release 0.2 has made', () => {
  const EMPLOYEE = { ...NO_ROLE, employee: true };
  const madeBy02 = async (user: Partial<User>) => {
    const saved = await savedUser(db, { user });
    await db.clear();
    const { user_id } = saved.user;
    await db.put({ ...userKey(user_id), ...saved.user, roles_version: 1, sessions_made: 0 });
    return saved.user;
  };

  it('Users of release 0.2 are in the list, and employees in theirs, once the table was read for them', async () => {
    const user = await madeBy02({ name: 'Olga', held: EMPLOYEE });
    const before = await ops('users', 'list');
    expect(listed(before)).toEqual([]);
    expect(before).toContain('npm run ops -- users reindex');
    expect(await ops('users', 'reindex')).toContain('1 users listed');
    const after = await ops('users', 'list');
    expect(listed(after)).toEqual(['Olga']);
    expect(after).not.toContain('reindex');
    const { pk, sk } = rowInEmployees(user);
    expect(await db.row({ pk, sk })).toBeDefined();
  });

  it('Users of release 0.2 are in the list once, however often the table is read', async () => {
    await madeBy02({ name: 'Olga' });
    await registered('Ada');
    await ops('users', 'reindex');
    await ops('users', 'reindex');
    expect(listed(await ops('users', 'list')).toSorted()).toEqual(['Ada', 'Olga']);
  });

  it('Clients of release 0.2 are in the list, and found by their address, once the table was read for them', async () => {
    const { user_id, name, email, created_at } = await madeBy02({ held: { ...NO_ROLE, client_id: 5 } });
    await db.put(rowOfClient({ client_id: 5, user_id, name, email }));
    await ops('users', 'reindex');
    expect(await findClientId(db.open(), email)).toBe(5);
    const { pk, sk } = rowInClients({ client_id: 5, created_at });
    expect(await db.row({ pk, sk })).toBeDefined();
  });

  it('Clients of release 0.2 that cannot be read are named, and their users listed all the same', async () => {
    await madeBy02({ name: 'Olga', held: { ...NO_ROLE, client_id: 6 } });
    await db.put({ pk: 'CLIENT#6', sk: 'CLIENT', client_id: 6 });
    expect(await ops('users', 'reindex')).toContain("cannot be read: 'CLIENT#6' 'CLIENT'");
    expect(listed(await ops('users', 'list'))).toEqual(['Olga']);
  });

  it('Users of release 0.2 are listed without one that cannot be read', async () => {
    await madeBy02({ name: 'Olga' });
    await db.put({ pk: 'USER#7', sk: 'USER', user_id: 7 });
    expect(await ops('users', 'reindex')).toContain("cannot be read: 'USER#7' 'USER'");
    expect(listed(await ops('users', 'list'))).toEqual(['Olga']);
  });
});

describe('a user’s sessions', () => {
  it('A user’s sessions are shown without one that cannot be read', async () => {
    const { user, opened } = await savedUser(db, { sessions: [{}, {}] });
    const [row] = opened[0]?.rows ?? [];
    await db.put({ ...row, name: 7 });
    const printed = await ops('users', 'show', user.email);
    expect(printed.match(/^(expired|live) /gm)).toHaveLength(1);
    expect(printed).toContain(`Left out, since it cannot be read: '${row?.pk}' 'TOKEN'`);
  });

  it('A user’s sessions are all ended also when the user’s row cannot be read', async () => {
    const { user } = await savedUser(db, { sessions: [{}, {}] });
    const key = userKey(user.user_id);
    await db.put({ ...(await db.row(key)), ...key, held: 'all' });
    expect(await ops('users', 'revoke-sessions', user.email)).toContain('Ended 2 sessions');
    await expect(ops('users', 'revoke-sessions', '4711')).rejects.toThrow('There is no user 4711');
  });

  it('A user’s sessions are all ended, and none is shown any more', async () => {
    const { user } = await savedUser(db, { sessions: [{}, {}] });
    const other = aSessionOf(user);
    await db.put(...other.rows);
    expect(await ops('users', 'revoke-sessions', user.email)).toContain('Ended 3 sessions');
    expect(await ops('users', 'show', user.email)).not.toMatch(/^(expired|live) /m);
  });
});
