import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { findClient } from '../functions/adapters/clients.ts';
import { changeRoles } from '../functions/adapters/roles.ts';
import { endAllSessions, sessionsOf } from '../functions/adapters/sessions.ts';
import type { Table } from '../functions/adapters/table.ts';
import { type HeldRoles, rolesOf } from '../functions/domain/caller.ts';
import { stateOf } from '../functions/domain/session.ts';
import type { User } from '../functions/domain/user.ts';
import { allUsers, namedUser } from './find-user.ts';
import { printTable, say } from './print.ts';
import { OpsError, type Target, tableOf } from './target.ts';

const USER = 'e-mail address or user id';

const rolesInWords = ({ held }: User): string => {
  const clients = held.liaison_for ?? [];
  const words = rolesOf(held).map((role) =>
    role === 'liaison' ? `liaison for ${clients.join(', ') || 'nobody'}` : role,
  );
  return words.join('; ') || 'none';
};

const show = async (table: Table, name: string): Promise<void> => {
  const user = await namedUser(table, name);
  say(`user_id    ${user.user_id}`);
  say(`name       ${user.name}`);
  say(`email      ${user.email}`);
  say(`roles      ${rolesInWords(user)}`);
  say(`client_id  ${user.held.client_id ?? 'none'}`);
  say(`created    ${user.created_at}`);
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
};

const userCommands = (target: () => Target): Command => {
  const group = new Command('users').description('shows users and ends their sessions');
  group
    .command('list')
    .description('all users')
    .action(async () => {
      const rows: string[][] = [];
      for await (const user of allUsers(target())) {
        rows.push([String(user.user_id), user.name, user.email, rolesInWords(user)]);
      }
      printTable(['USER ID', 'NAME', 'EMAIL', 'ROLES'], rows);
    });
  group
    .command('show')
    .argument('<user>', USER)
    .description('one user and its sessions')
    .action((name: string) => show(tableOf(target()), name));
  group
    .command('revoke-sessions')
    .argument('<user>', USER)
    .description('ends all sessions of a user at once')
    .action(async (name: string) => {
      const table = tableOf(target());
      const user = await namedUser(table, name);
      say(`Ended ${await endAllSessions(table, user.user_id)} sessions of user ${user.user_id}.`);
    });
  return group;
};

/** Changes the roles of the user named, and says what they then are. */
const change = async (table: Table, name: string, held: (before: HeldRoles) => HeldRoles): Promise<void> => {
  const before = await namedUser(table, name);
  if (isDeepStrictEqual(held(before.held), before.held)) {
    throw new OpsError(`Nothing to change: user ${before.user_id} has the roles ${rolesInWords(before)}.`);
  }
  const user = await changeRoles(table, before.user_id, (current) => held(current.held));
  say(
    `User ${before.user_id}: ${rolesInWords(user ?? before)}. It holds at once, for sessions that exist too.`,
  );
};

const employeeCommands = (target: () => Target): Command => {
  const group = new Command('employees').description('makes users employees');
  for (const [verb, employee] of [['grant', true] as const, ['remove', false] as const]) {
    group
      .command(verb)
      .argument('<user>', USER)
      .description(`${verb}s the role of an employee`)
      .action((name: string) => change(tableOf(target()), name, (held) => ({ ...held, employee })));
  }
  return group;
};

/** @throws {OpsError} if one of them is no client */
const clientIds = async (table: Table, given: readonly string[]): Promise<number[]> => {
  const ids = given.map(Number);
  for (const [index, client_id] of ids.entries()) {
    if (!Number.isSafeInteger(client_id) || (await findClient(table, client_id)) === undefined) {
      throw new OpsError(`There is no client ${given[index]}.`);
    }
  }
  return ids;
};

const liaisonCommands = (target: () => Target): Command => {
  const group = new Command('liaisons').description('makes users liaisons, and says whom they look after');
  group
    .command('grant')
    .argument('<user>', USER)
    .description('grants the role of a liaison, who looks after nobody yet')
    .action((name: string) =>
      change(tableOf(target()), name, (held) => ({ ...held, liaison_for: held.liaison_for ?? [] })),
    );
  group
    .command('assign')
    .argument('<user>', USER)
    .argument('<client_id...>')
    .description('has a liaison look after clients')
    .action(async (name: string, given: string[]) => {
      const table = tableOf(target());
      const ids = await clientIds(table, given);
      await change(table, name, (held) => {
        if (held.liaison_for === null) throw new OpsError(`${name} is no liaison; see: liaisons grant`);
        return { ...held, liaison_for: [...new Set([...held.liaison_for, ...ids])] };
      });
    });
  group
    .command('remove')
    .argument('<user>', USER)
    .argument(
      '[client_id...]',
      'whom the liaison no longer looks after; without any, the role itself is removed',
    )
    .description('removes the role of a liaison, or some of its clients')
    .action((name: string, given: string[]) =>
      change(tableOf(target()), name, (held) => ({
        ...held,
        liaison_for:
          given.length === 0 ? null : (held.liaison_for?.filter((id) => !given.includes(String(id))) ?? null),
      })),
    );
  return group;
};

/** The commands for people: users, employees and liaisons. */
export const accountCommands = (target: () => Target): Command[] => [
  userCommands(target),
  employeeCommands(target),
  liaisonCommands(target),
];
