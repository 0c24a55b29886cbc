import { Command } from 'commander';
import { BlockedAlready, blocked, NotBlocked, unblocked } from '../functions/accounts/blocking.ts';
import { findLogin } from '../functions/accounts/logins.ts';
import { stateOf } from '../functions/accounts/session.ts';
import type { User } from '../functions/accounts/user.ts';
import { COMPLETE_KEY, rowInUsers } from '../functions/accounts/user-list.ts';
import { endAllSessions, NoSuchUser, sessionsOf } from '../functions/accounts/user-sessions.ts';
import type { Table } from '../functions/table/table.ts';
import type { Input } from './ask-secret.ts';
import { recorded, recordFirst } from './audit.ts';
import { eraseUser } from './erase-user.ts';
import { describe, namedId, namedUser, noSuchUser, rolesInWords, USER, usersIn } from './find-user.ts';
import { sayLeftOut } from './left-out.ts';
import { countOf, idOf } from './parse.ts';
import { printTable, say, tablePrinter, word } from './print.ts';
import { reindexUsers } from './reindex-users.ts';
import { OpsError, opsCommand, type Target, tableOf } from './target.ts';

interface Part {
  limit: number;
  after?: number;
}

/** Since when users are blocked; empty for those who are not. */
const blockedSince = (table: Table, users: readonly User[]): Promise<string[]> =>
  Promise.all(users.map(async ({ email }) => (await findLogin(table, email))?.blocked_at ?? ''));

const list = async (target: Target, { limit, after }: Part): Promise<void> => {
  const table = tableOf(target);
  const from = after === undefined ? undefined : rowInUsers(await namedUser(table, String(after))).sk;
  const print = tablePrinter(['USER ID', 'REGISTERED', 'NAME', 'EMAIL', 'ROLES', 'BLOCKED']);
  let left = limit;
  for await (const users of usersIn(target, 'users', from)) {
    const shown = users.slice(0, left);
    const since = await blockedSince(tableOf(target), shown);
    print(
      shown.map((user, index) => [
        String(user.user_id),
        user.created_at,
        word(user.name),
        word(user.email),
        rolesInWords(user),
        since[index] ?? '',
      ]),
    );
    left -= shown.length;
    if (left > 0) continue;
    const last = shown.at(-1)?.user_id;
    say(`The list may go on: ${opsCommand(target, `users list --after ${last}`)}`);
    break;
  }
  if ((await table.get(COMPLETE_KEY)) === undefined) {
    say(`Users whom release 0.2 has made are in the list after: ${opsCommand(target, 'users reindex')}`);
  }
};

const show = async (target: Target, name: string): Promise<void> => {
  const table = tableOf(target);
  const user = await namedUser(table, name);
  describe(user);
  const [since] = await blockedSince(table, [user]);
  say(`blocked    ${since || 'no'}`);
  const sessions = await sessionsOf(table, user.user_id);
  printTable(
    ['SESSION', 'CREATED', 'LAST USED', 'REMEMBERED'],
    sessions.map((session) => [
      stateOf(session, new Date()),
      session.created_at,
      session.last_used_at,
      session.remember_me ? 'yes' : 'no',
    ]),
  );
  sayLeftOut(table, target);
};

/** Keeps a user out, and ends its sessions. One who is blocked already, as by a command that was interrupted, has them ended too. */
const block = async (target: Target, name: string): Promise<void> => {
  const table = tableOf(target);
  const { user_id, email } = await namedUser(table, name);
  const now = new Date();
  const entry = await recorded(target, 'users block', { kind: 'user', id: user_id });
  await table.transact([blocked(email, now), entry]).catch((error: unknown) => {
    if (!(error instanceof BlockedAlready)) throw error;
    say(`User ${user_id} was blocked before.`);
  });
  // From here on nobody signs in as that user, so that these are the last.
  const count = await endAllSessions(table, user_id, now);
  say(`User ${user_id} is blocked. Ended ${count} sessions.`);
  sayLeftOut(table, target);
};

const unblock = async (target: Target, name: string): Promise<void> => {
  const table = tableOf(target);
  const { user_id, email } = await namedUser(table, name);
  const entry = await recorded(target, 'users unblock', { kind: 'user', id: user_id });
  await table.transact([unblocked(email), entry]).catch((error: unknown) => {
    if (error instanceof NotBlocked) throw new OpsError(`User ${user_id} is not blocked.`);
    throw error;
  });
  say(`User ${user_id} may sign in again.`);
};

/** The commands for users and their sessions. */
export const userCommands = (target: () => Target, input: Input): Command => {
  const group = new Command('users').description('shows users, keeps them out and lets them in');
  group
    .command('list')
    .option('--limit <count>', 'at most so many', countOf, 100)
    .option('--after <user_id>', 'goes on after that one', idOf)
    .description('users, those first who have registered last')
    .action((part: Part) => list(target(), part));
  group
    .command('show')
    .argument('<user>', USER)
    .description('one user and its sessions')
    .action((name: string) => show(target(), name));
  group
    .command('revoke-sessions')
    .argument('<user>', USER)
    .description('ends all sessions of a user at once')
    .action(async (name: string) => {
      const table = tableOf(target());
      // The row of a user who is to be kept out need not be one that can be read.
      const user_id = await namedId(table, name);
      await recordFirst(target(), 'users revoke-sessions', { kind: 'user', id: user_id });
      const count = await endAllSessions(table, user_id, new Date()).catch((error: unknown) => {
        if (!(error instanceof NoSuchUser)) throw error;
        throw noSuchUser(user_id);
      });
      say(`Ended ${count} sessions of user ${user_id}.`);
      sayLeftOut(table, target());
    });
  group
    .command('block')
    .argument('<user>', USER)
    .description('keeps a user out: ends all sessions, and no password is the right one')
    .action((name: string) => block(target(), name));
  group
    .command('unblock')
    .argument('<user>', USER)
    .description('lets a user in again')
    .action((name: string) => unblock(target(), name));
  group
    .command('erase')
    .argument('<user>', USER)
    .description('takes a person out of everything, for good; orders stay, with ids')
    .action((name: string) => eraseUser(target(), name, input));
  group
    .command('reindex')
    .description(
      'puts those into the list whom release 0.2 has made; once, when no function of it answers any more',
    )
    .action(() => reindexUsers(target()));
  return group;
};
