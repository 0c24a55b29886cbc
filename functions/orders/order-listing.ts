import { bytesInAnswer, MAX_PAGE_BYTES, type Page } from '../table/page.ts';
import type { Table } from '../table/table.ts';
import { FormerLists } from './former-lists.ts';
import { ORDER_STATUSES, type Order, type OrderStatus } from './order.ts';
import { byPlace, type Entry, entriesOfAll, entriesOfClients } from './order-entries.ts';
import { AFTER_ALL_PLACES, BEFORE_ALL_PLACES, listingPlace, orderRows } from './order-row.ts';

/** Which orders a list is of. */
export interface OrderSelection {
  /** Of which clients; undefined for all. */
  clients: readonly number[] | undefined;
  /** Of which status; undefined for any. */
  status: OrderStatus | undefined;
  /** A time to the millisecond in UTC: only orders that changed then or later. */
  since: string | undefined;
}

/** How many orders are read at once: a full page of large ones may be more than an answer can hold. */
const CHUNK = 50;

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
 * @param former what is known of the former lists, for as long as an instance lives
 */
export const findOrders = async (
  table: Table,
  selection: OrderSelection,
  { after = AFTER_ALL_PLACES, limit }: { after: string | undefined; limit: number },
  former = new FormerLists(),
): Promise<Page<Order>> => {
  const { clients, status, since = BEFORE_ALL_PLACES } = selection;
  // An order of a status that is ours stands in the list of that.
  const statuses = status === undefined ? ORDER_STATUSES : [status];
  // One more than the page takes tells whether the list goes on.
  const part = { since, after, limit: limit + 1 };
  const found =
    clients === undefined
      ? await entriesOfAll(table, statuses, part, former)
      : await entriesOfClients(table, clients, statuses, part);
  const entries = found.sort(byPlace);
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
