import { type Page, pageOf } from '../table/page.ts';
import { partitions } from '../table/partitions.ts';
import type { Row } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import { listedClientRows, placeOf } from './client-list.ts';
import { type Client, clientKey, clientRows } from './clients.ts';

interface Start {
  /** The place after which to start; from the newest without one. */
  after: string | undefined;
  /** How many at most. */
  limit: number;
}

/** Those of some clients that are there and can be read, as they are now. */
const readClients = async (table: Table, ids: readonly number[]): Promise<Client[]> => {
  const rows = await Promise.all(ids.map((client_id) => table.get(clientKey(client_id))));
  return clientRows.readAll(
    table,
    rows.filter((row) => row !== undefined),
  );
};

/**
 * A page of all clients, the newest first. A client whose row cannot be read is left out, so that a page can have fewer than asked
 * for though the list goes on.
 */
export const findAllClients = async (table: Table, { after, limit }: Start): Promise<Page<Client>> => {
  const rows = table.rows({
    partition: { name: 'pk', value: partitions.clients },
    sort: { name: 'sk', from: '0', to: after ?? '~' },
    descending: true,
    // The place after which to start is in the range, and one more tells whether the list goes on.
    pageSize: limit + 2,
  });
  const entries: Row[] = [];
  for await (const row of rows) {
    if (row.sk !== after) entries.push(row);
    if (entries.length > limit) break;
  }
  const { items, next } = pageOf(listedClientRows.readAll(table, entries), limit, ({ sk }) => sk);
  const ids = items.map(({ client_id }) => client_id);
  return { items: await readClients(table, ids), next };
};

/** A page of certain clients, the newest first; of those that a user is or looks after, who are few. */
export const findClientsOf = async (
  table: Table,
  ids: readonly number[],
  { after, limit }: Start,
): Promise<Page<Client>> => {
  const clients = (await readClients(table, ids))
    .filter((client) => after === undefined || placeOf(client) < after)
    .sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1));
  return pageOf(clients, limit, placeOf);
};
