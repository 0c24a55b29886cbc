import { Command, InvalidArgumentError } from 'commander';
import { stateOf } from '../functions/accounts/session.ts';
import { COMPLETE_KEY, rowInUsers } from '../functions/accounts/user-list.ts';
import { endAllSessions, NoSuchUser, sessionsOf } from '../functions/accounts/user-sessions.ts';
import { describe, namedId, namedUser, noSuchUser, rolesInWords, usersIn } from './find-user.ts';
import { sayLeftOut } from './left-out.ts';
import { idOf } from './parse.ts';
import { printTable, say, tablePrinter, word } from './print.ts';
import { reindexUsers } from './reindex-users.ts';
import { opsCommand, type Target, tableOf } from './target.ts';

export const USER = 'e-mail address or user id';

const countOf = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is a number from 1.');
  return Number(text);
};

interface Part {
  limit: number;
  after?: number;
}

const list = async (target: Target, { limit, after }: Part): Promise<void> => {
  const table = tableOf(target);
  const from = after === undefined ? undefined : rowInUsers(await namedUser(table, String(after))).sk;
  const print = tablePrinter(['USER ID', 'REGISTERED', 'NAME', 'EMAIL', 'ROLES']);
  let left = limit;
  for await (const users of usersIn(target, 'users', from)) {
    const shown = users.slice(0, left);
    print(
      shown.map((user) => [
        String(user.user_id),
        user.created_at,
        word(user.name),
        word(user.email),
        rolesInWords(user),
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

/** The commands for users and their sessions. */
export const userCommands = (target: () => Target): Command => {
  const group = new Command('users').description('shows users and ends their sessions');
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
      const count = await endAllSessions(table, user_id, new Date()).catch((error: unknown) => {
        if (!(error instanceof NoSuchUser)) throw error;
        throw noSuchUser(user_id);
      });
      say(`Ended ${count} sessions of user ${user_id}.`);
      sayLeftOut(table, target());
    });
  group
    .command('reindex')
    .description(
      'puts those into the list whom release 0.2 has made; once, when no function of it answers any more',
    )
    .action(() => reindexUsers(target()));
  return group;
};
