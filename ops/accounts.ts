import { Command } from 'commander';
import type { HeldRoles } from '../functions/accounts/caller.ts';
import { changeRoles } from '../functions/accounts/roles.ts';
import type { User } from '../functions/accounts/user.ts';
import { rowInEmployees } from '../functions/accounts/user-list.ts';
import { findClient } from '../functions/clients/clients.ts';
import type { Table } from '../functions/table/table.ts';
import { unconditional, type Write } from '../functions/table/write.ts';
import type { Input } from './ask-secret.ts';
import { recorded } from './audit.ts';
import { namedUser, rolesInWords, userToTrust } from './find-user.ts';
import { say } from './print.ts';
import { OpsError, type Target, tableOf } from './target.ts';
import { USER, userCommands } from './users.ts';

/** Keeps the list of employees. */
const listed = (user: User): Write => {
  const entry = rowInEmployees(user);
  const { pk, sk } = entry;
  return {
    ...(user.held.employee ? { put: { Item: entry } } : { remove: { Key: { pk, sk } } }),
    refused: unconditional,
  };
};

/** Changes a user's roles, and says what they then are. */
const change = async (
  target: Target,
  action: string,
  { user_id }: User,
  held: (before: HeldRoles) => HeldRoles,
): Promise<void> => {
  const table = tableOf(target);
  const entry = await recorded(target, action, { kind: 'user', id: user_id });
  const change = { held: (before: User) => held(before.held), now: new Date() };
  const { user, isNew, sessions } = await changeRoles(table, user_id, change, ({ user }, writes) =>
    table.transact([entry, listed(user), ...writes]),
  );
  const roles = rolesInWords(user);
  if (isNew) return say(`User ${user_id}: ${roles}. It holds at once, for sessions that exist too.`);
  if (sessions === 0) throw new OpsError(`Nothing to change: user ${user_id} has the roles ${roles}.`);
  say(
    `User ${user_id}: ${roles}, as before. Sessions that held something else, and do no more: ${sessions}.`,
  );
};

const employeeCommands = (target: () => Target, input: Input): Command => {
  const group = new Command('employees').description('makes users employees');
  group
    .command('grant')
    .argument('<user>', USER)
    .description('gives the role of an employee; an address is asked back')
    .action(async (name: string) => {
      const user = await userToTrust(target(), name, 'employees grant', input);
      await change(target(), 'employees grant', user, (held) => ({ ...held, employee: true }));
    });
  group
    .command('remove')
    .argument('<user>', USER)
    .description('takes the role of an employee away')
    .action(async (name: string) => {
      const user = await namedUser(tableOf(target()), name);
      await change(target(), 'employees remove', user, (held) => ({ ...held, employee: false }));
    });
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

const liaisonCommands = (target: () => Target, input: Input): Command => {
  const group = new Command('liaisons').description('makes users liaisons, and says whom they look after');
  group
    .command('grant')
    .argument('<user>', USER)
    .description('gives the role of a liaison, who looks after nobody yet; an address is asked back')
    .action(async (name: string) => {
      const user = await userToTrust(target(), name, 'liaisons grant', input);
      await change(target(), 'liaisons grant', user, (held) => ({
        ...held,
        liaison_for: held.liaison_for ?? [],
      }));
    });
  group
    .command('assign')
    .argument('<user>', USER)
    .argument('<client_id...>')
    .description('has a liaison look after clients')
    .action(async (name: string, given: string[]) => {
      const table = tableOf(target());
      const ids = await clientIds(table, given);
      await change(target(), 'liaisons assign', await namedUser(table, name), (held) => {
        if (held.liaison_for === null) throw new OpsError(`${name} is no liaison`, `liaisons grant ${name}`);
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
    .action(async (name: string, given: string[]) => {
      const user = await namedUser(tableOf(target()), name);
      await change(target(), 'liaisons remove', user, (held) => ({
        ...held,
        liaison_for:
          given.length === 0 ? null : (held.liaison_for?.filter((id) => !given.includes(String(id))) ?? null),
      }));
    });
  return group;
};

/** The commands for people: users, employees and liaisons. */
export const accountCommands = (target: () => Target, input: Input = process.stdin): Command[] => [
  userCommands(target),
  employeeCommands(target, input),
  liaisonCommands(target, input),
];
