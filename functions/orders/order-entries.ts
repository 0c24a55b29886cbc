import * as z from 'zod/mini';
import { type TableIndex, tableIndexes } from '../table/indexes.ts';
import { partitions } from '../table/partitions.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import type { FormerLists } from './former-lists.ts';
import type { OrderStatus } from './order.ts';
import { AFTER_ALL_PLACES, clientList, sharedList } from './order-row.ts';

/** An entry of an index: where an order stands, and its key in the table. */
const entrySchema = z.object({
  pk: z.string().check(z.startsWith(partitions.order)),
  sk: z.string(),
  listed_at: z.string(),
});
const entryRows = new RowKind(entrySchema);
export type Entry = z.infer<typeof entrySchema>;

/** A part of a list: so many entries after a place, of orders that changed then or later. */
export interface Part {
  since: string;
  after: string;
  limit: number;
}

/** The entries of a part of one list, the newest change first. */
const entriesOf = async (
  table: Table,
  index: TableIndex,
  list: string,
  { since, after, limit }: Part,
): Promise<Entry[]> => {
  if (since > after) return [];
  const { partition, sort } = tableIndexes[index];
  const rows = table.rows({
    index,
    partition: { name: partition, value: list },
    // The place itself is in the range, and so one more is asked for.
    sort: { name: sort, from: since, to: after },
    descending: true,
    pageSize: limit + 1,
  });
  const entries: Entry[] = [];
  for await (const row of rows) {
    const entry = entryRows.readOrLeaveOut(table, row);
    if (entry !== undefined && entry.listed_at !== after) entries.push(entry);
    if (entries.length === limit) break;
  }
  return entries;
};

/** The newest change first. */
export const byPlace = (one: { listed_at: string }, other: { listed_at: string }): number =>
  one.listed_at < other.listed_at ? 1 : -1;

/** The entries of the same part of each of several lists. */
const entriesOfEach = (
  table: Table,
  index: TableIndex,
  lists: readonly string[],
  part: Part,
): Promise<Entry[][]> => Promise.all(lists.map((list) => entriesOf(table, index, list, part)));

/**
 * The entries of all orders of the statuses. Former lists are asked only for what may come before the last of those that are in
 * today's, if these alone fill the part.
 */
export const entriesOfAll = async (
  table: Table,
  statuses: readonly OrderStatus[],
  part: Part,
  former: FormerLists,
): Promise<Entry[]> => {
  const entries = (await entriesOfEach(table, 'orders-of-all', statuses.map(sharedList), part)).flat();
  const last = entries.sort(byPlace)[part.limit - 1]?.listed_at ?? part.since;
  const lists = former.reaching(last, statuses);
  const older = await entriesOfEach(table, 'orders-of-all', lists, part);
  if (part.after === AFTER_ALL_PLACES) {
    for (const [index, list] of lists.entries()) {
      former.endsAt(list, older[index]?.[0]?.listed_at ?? part.since);
    }
  }
  return [...entries, ...older.flat()];
};

/** The entries of the orders of some clients and statuses. */
export const entriesOfClients = async (
  table: Table,
  clients: readonly number[],
  statuses: readonly OrderStatus[],
  part: Part,
): Promise<Entry[]> => {
  const lists = clients.flatMap((client_id) => statuses.map((status) => clientList(client_id, status)));
  return (await entriesOfEach(table, 'orders-of-client', lists, part)).flat();
};
