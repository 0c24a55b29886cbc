import { rolesOf } from '../functions/accounts/caller.ts';
import { findLogin } from '../functions/accounts/logins.ts';
import type { User } from '../functions/accounts/user.ts';
import { listedUserRows, USER_LISTS } from '../functions/accounts/user-list.ts';
import { sessionsOf } from '../functions/accounts/user-sessions.ts';
import { findUser, userKey, userRows } from '../functions/accounts/users.ts';
import { partitions } from '../functions/table/partitions.ts';
import type { Row } from '../functions/table/row.ts';
import type { Table } from '../functions/table/table.ts';
import type { Input } from './ask-secret.ts';
import { confirm } from './confirm.ts';
import { sayLeftOut } from './left-out.ts';
import { say } from './print.ts';
import { OpsError, opsCommand, type Target, tableOf } from './target.ts';

/** How a user is named. */
export const USER = 'e-mail address or user id';

const isId = (name: string): boolean => /^\d+$/.test(name);

export const noSuchUser = (name: number | string): OpsError =>
  new OpsError(`There is no user ${name}`, 'users list');

/**
 * The id of the user that an operator names, by e-mail address or id, whatever else is known of that user.
 *
 * @throws {OpsError} if nobody has the address
 */
export const namedId = async (table: Table, name: string): Promise<number> => {
  if (isId(name)) return Number(name);
  const login = await findLogin(table, name);
  if (login === undefined) throw noSuchUser(name);
  return login.user_id;
};

/**
 * The user that an operator names, by e-mail address or id.
 *
 * @throws {OpsError} if there is none
 */
export const namedUser = async (table: Table, name: string): Promise<User> => {
  const user = await findUser(table, await namedId(table, name));
  if (user === undefined) throw noSuchUser(name);
  return user;
};

export const rolesInWords = ({ held }: User): string => {
  const clients = held.liaison_for ?? [];
  const words = rolesOf(held).map((role) =>
    role === 'liaison' ? `liaison for ${clients.join(', ') || 'nobody'}` : role,
  );
  return words.join('; ') || 'none';
};

/** Says who a user is. */
export const describe = (user: User): void => {
  say(`user_id    ${user.user_id}`);
  say(`name       ${user.name}`);
  say(`email      ${user.email}`);
  say(`roles      ${rolesInWords(user)}`);
  say(`client_id  ${user.held.client_id ?? 'none'}`);
  say(`created    ${user.created_at}`);
};

/**
 * The user who is to get a role. An id says who that is; an address is asked back, since anybody may have registered it.
 *
 * @param words of the command, which the id of the user would follow
 * @throws {OpsError} if there is none, or the operator means somebody else
 */
export const userToTrust = async (
  target: Target,
  name: string,
  words: string,
  input: Input,
): Promise<User> => {
  const table = tableOf(target);
  const user = await namedUser(table, name);
  if (isId(name)) return user;
  describe(user);
  say(`sessions   ${(await sessionsOf(table, user.user_id)).length}`);
  say('Anybody may have registered that address.');
  if (input.isTTY !== true) {
    throw new OpsError(`If it is who you mean, type: ${opsCommand(target, `${words} ${user.user_id}`)}`);
  }
  await confirm('Is it who you mean?', input);
  return user;
};

/** So many users are read at once, which is what one BatchGetItem reads. */
const AT_ONCE = 100;

/** Users of some entries, as they are now. */
const usersOf = async (target: Target, entries: readonly Row[]): Promise<User[]> => {
  // A table of its own for each, which then remembers no more than these.
  const table = tableOf(target);
  const ids = listedUserRows.readAll(table, entries).map(({ user_id }) => user_id);
  const rows = await Promise.all(ids.map((user_id) => table.get(userKey(user_id))));
  const users = userRows.readAll(
    table,
    rows.filter((row) => row !== undefined),
  );
  sayLeftOut(table, target);
  return users;
};

/**
 * The users in a list, from its end, some at a time.
 *
 * @param after the sort key of the entry after which to begin
 */
export async function* usersIn(
  target: Target,
  list: keyof typeof USER_LISTS,
  after = `${USER_LISTS[list]}\uffff`,
): AsyncGenerator<User[]> {
  const entries = tableOf(target).rows({
    partition: { name: 'pk', value: partitions.users },
    sort: { name: 'sk', from: USER_LISTS[list], to: after },
    descending: true,
    pageSize: AT_ONCE,
  });
  let some: Row[] = [];
  for await (const entry of entries) {
    if (entry.sk !== after) some.push(entry);
    if (some.length < AT_ONCE) continue;
    yield usersOf(target, some);
    some = [];
  }
  yield usersOf(target, some);
}
