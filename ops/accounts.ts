import { Command } from 'commander';
import { findClient } from '../functions/clients/clients.ts';
import type { Table } from '../functions/table/table.ts';
import type { Input } from './ask-secret.ts';
import { changeRoles } from './change-roles.ts';
import { employeeCommands } from './employees.ts';
import { namedUser, USER, userToTrust } from './find-user.ts';
import { OpsError, type Target, tableOf } from './target.ts';
import { userCommands } from './users.ts';

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
      await changeRoles(target(), 'liaisons grant', user, (held) => ({
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
      await changeRoles(target(), 'liaisons assign', await namedUser(table, name), (held) => {
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
      await changeRoles(target(), 'liaisons remove', user, (held) => ({
        ...held,
        liaison_for:
          given.length === 0 ? null : (held.liaison_for?.filter((id) => !given.includes(String(id))) ?? null),
      }));
    });
  return group;
};

/** The commands for people: users, employees and liaisons. */
export const accountCommands = (target: () => Target, input: Input = process.stdin): Command[] => [
  userCommands(target, input),
  employeeCommands(target, input),
  liaisonCommands(target, input),
];
