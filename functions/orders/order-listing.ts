import * as z from 'zod/mini';
import { type TableIndex, tableIndexes } from '../table/indexes.ts';
import { bytesInAnswer, MAX_PAGE_BYTES, type Page } from '../table/page.ts';
import { partitions } from '../table/partitions.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { ORDER_STATUSES, type Order, type OrderStatus } from './order.ts';
import { clientList, listingPlace, orderRows, SHARED_LISTS, sharedList } from './order-row.ts';

/** Which orders a list is of. */
export interface OrderSelection {
  /** Of which clients; undefined for all. */
  clients: readonly number[] | undefined;
  /** Of which status; undefined for any. */
  status: OrderStatus | undefined;
  /** A time to the millisecond in UTC: only orders that changed then or later. */
  since: string | undefined;
}

/** The lists of which an index holds the selected orders: an order of a status that is ours stands in the list of that. */
const listsOf = ({ clients, status }: OrderSelection): { index: TableIndex; lists: string[] } => {
  const statuses = status === undefined ? ORDER_STATUSES : [status];
  if (clients === undefined) {
    const numbers = Array.from({ length: SHARED_LISTS }, (_, number) => number);
    const lists = numbers.flatMap((number) => statuses.map((each) => sharedList(number, each)));
    return { index: 'orders-of-all', lists };
  }
  const lists = clients.flatMap((client_id) => statuses.map((each) => clientList(client_id, each)));
  return { index: 'orders-of-client', lists };
};

/** Before and after every place, which starts with a year. */
const [START, END] = ['0', '~'];

/** An entry of an index: where an order stands, and its key in the table. */
const entrySchema = z.object({
  pk: z.string().check(z.startsWith(partitions.order)),
  sk: z.string(),
  listed_at: z.string(),
});
const entryRows = new RowKind(entrySchema);
type Entry = z.infer<typeof entrySchema>;

/** The first entries of one list after a place, the newest change first. */
const entriesOf = async (
  table: Table,
  [index, list]: [TableIndex, string],
  {
    since = START,
    after = END,
    limit,
  }: { since: string | undefined; after: string | undefined; limit: number },
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

const byPlace = (one: { listed_at: string }, other: { listed_at: string }): number =>
  one.listed_at < other.listed_at ? 1 : -1;

/** How many orders are read at once: a full page of them may be more than an answer can hold. */
const CHUNK = 25;

interface Found {
  entry: Entry;
  /** The order as it is now; undefined if there is none any more, or it cannot be read. */
  order: Order | undefined;
}

/** The orders of entries, as many from the start as a page takes; at least one. */
const readPage = async (table: Table, entries: readonly Entry[]): Promise<Found[]> => {
  const page: Found[] = [];
  let bytes = 0;
  for (let start = 0; start < entries.length; start += CHUNK) {
    const chunk = entries.slice(start, start + CHUNK);
    const rows = await Promise.all(chunk.map(async (entry) => ({ entry, row: await table.get(entry) })));
    for (const { entry, row } of rows) {
      if (bytes > MAX_PAGE_BYTES) return page;
      const order = row && orderRows.readOrLeaveOut(table, row);
      page.push({ entry, order });
      bytes += bytesInAnswer(order ?? null);
    }
  }
  return page;
};

/**
 * A page of the selected orders, the newest change first. The index lags behind the table by some milliseconds: an order
 * that changed within them is shown as it is now, and left out if it is not one of the selected any more.
 *
 * @param after the place after which to start; from the newest change without one
 * @param limit how many at most; there may be fewer, also where the list goes on
 */
export const findOrders = async (
  table: Table,
  selection: OrderSelection,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Page<Order>> => {
  const { index, lists } = listsOf(selection);
  const { since, status } = selection;
  // One more than the page takes tells whether the list goes on.
  const range = { since, after, limit: limit + 1 };
  const found = await Promise.all(lists.map((list) => entriesOf(table, [index, list], range)));
  const entries = found.flat().sort(byPlace);
  const shown = await readPage(table, entries.slice(0, limit));
  const current = new Map(
    shown.flatMap(({ order }) => (order === undefined ? [] : [[order.order_id, order]])),
  );
  const items = [...current.values()]
    .filter((order) => status === undefined || order.status === status)
    .sort((one, other) => (listingPlace(one) < listingPlace(other) ? 1 : -1));
  const goesOn = entries.length > shown.length;
  return { items, next: goesOn ? shown.at(-1)?.entry.listed_at : undefined };
};
