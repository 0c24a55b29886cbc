import { Command } from 'commander';
import { findClientId, placeOf } from '../functions/clients/client-list.ts';
import { findAllClients } from '../functions/clients/client-listing.ts';
import { type Client, findClient } from '../functions/clients/clients.ts';
import { sayLeftOut } from './left-out.ts';
import { countOf, idOf } from './parse.ts';
import { printTable, say, word } from './print.ts';
import { OpsError, opsCommand, type Target, tableOf } from './target.ts';

/** The client that an operator names, by e-mail address or id. */
const namedClient = async (target: Target, name: string): Promise<Client> => {
  const table = tableOf(target);
  const client_id = /^\d+$/.test(name) ? Number(name) : await findClientId(table, name);
  const client = client_id === undefined ? undefined : await findClient(table, client_id);
  if (client === undefined) throw new OpsError(`There is no client ${name}`, 'clients list');
  return client;
};

const list = async (target: Target, { limit, after }: { limit: number; after?: number }): Promise<void> => {
  const table = tableOf(target);
  const from = after === undefined ? undefined : placeOf(await namedClient(target, String(after)));
  const { items, next } = await findAllClients(table, { after: from, limit });
  printTable(
    ['CLIENT ID', 'SINCE', 'NAME', 'EMAIL', 'USER ID'],
    items.map(({ client_id, created_at = '', name, email, user_id }) => [
      String(client_id),
      created_at,
      word(name),
      word(email),
      String(user_id),
    ]),
  );
  sayLeftOut(table, target);
  const last = items.at(-1)?.client_id;
  if (next !== undefined && last !== undefined) {
    say(`The list goes on: ${opsCommand(target, `clients list --after ${last}`)}`);
  }
};

const show = async (target: Target, name: string): Promise<void> => {
  const client = await namedClient(target, name);
  const facts: [string, unknown][] = [
    ['client_id', client.client_id],
    ['user_id', client.user_id],
    ['name', client.name],
    ['email', client.email],
    ['verified', client.email_verified === false ? 'no: nothing is sent there' : 'yes'],
    ['phone', client.phone],
    ['company', client.company_name],
    ['address', client.address],
    ['since', client.created_at],
  ];
  for (const [fact, value] of facts) if (value !== undefined) say(`${fact.padEnd(10)} ${value}`);
};

/** The commands for clients. */
export const clientCommands = (target: () => Target): Command[] => {
  const group = new Command('clients').description('shows who orders');
  group
    .command('list')
    .option('--limit <count>', 'at most so many', countOf, 100)
    .option('--after <client_id>', 'goes on after that one', idOf)
    .description('clients, the newest first')
    .action((part: { limit: number; after?: number }) => list(target(), part));
  group
    .command('show')
    .argument('<client>', 'e-mail address or client id')
    .description('one client')
    .action((name: string) => show(target(), name));
  return [group];
};
