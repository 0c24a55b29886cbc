import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { bytesInAnswer, MAX_PAGE_BYTES, type Page } from '../table/page.ts';
import type { Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import type { HistoryEntry, ValueChange } from './history.ts';
import { bytesOf } from './order-change.ts';
import { orderKey } from './order-row.ts';

const PREFIX = 'HISTORY#';
/** Sorts after everything that can stand in its place. */
const END = '~';

/** What the changes in one row of history may come to, as JSON in UTF-8: a row holds 400 KB, and numbers take more there. */
const HISTORY_ROW_BYTES = 250_000;

/** Changes, in portions that fit a row. */
const portionsOf = (changes: ValueChange[]): ValueChange[][] => {
  // Nearly all fit one.
  if (bytesOf(changes) <= HISTORY_ROW_BYTES) return [changes];
  let room = 0;
  const portions: ValueChange[][] = [];
  for (const change of changes) {
    const bytes = bytesOf(change);
    if (bytes > room) {
      portions.push([]);
      room = HISTORY_ROW_BYTES;
    }
    portions.at(-1)?.push(change);
    room -= bytes;
  }
  return portions;
};

/**
 * The rows of a change, in the order's partition by its time, which no other change of the order has. A change of
 * everything can be larger before and after than a row, and is then in several.
 */
export const rowsOfHistory = (entry: HistoryEntry): Row[] =>
  portionsOf(entry.changes).map((changes, part) => ({
    pk: orderKey(entry.order_id).pk,
    sk: `${PREFIX}${entry.at}#${part}`,
    ...entry,
    changes,
  }));

/** Changes of orders. What was changed is any value: another release may have changed what this one does not know. */
export const historyRows = new RowKind<HistoryEntry>(
  z.object({
    order_id: id,
    at: z.string(),
    by: z.object({ token: z.string(), id, name: z.string() }),
    changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  }),
);

/**
 * The changes of an order, the oldest first.
 *
 * @param after the position after which to start; from the beginning without one
 * @param limit how many at most; there are fewer when they are large
 */
export const findHistory = async (
  table: Table,
  order_id: number,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Page<HistoryEntry>> => {
  const from = after === undefined ? PREFIX : `${PREFIX}${after}#${END}`;
  const partition = { name: 'pk', value: orderKey(order_id).pk };
  const rows = table.rows({ partition, sort: { name: 'sk', from, to: PREFIX + END }, pageSize: limit + 1 });
  const items: HistoryEntry[] = [];
  let bytes = 0;
  for await (const row of rows) {
    const entry = historyRows.readOrLeaveOut(table, row);
    if (entry === undefined) continue;
    const last = items.at(-1);
    if (last?.at === entry.at) last.changes.push(...entry.changes);
    else if (items.length === limit || bytes > MAX_PAGE_BYTES) return { items, next: last?.at };
    else items.push(entry);
    bytes += bytesInAnswer(entry);
  }
  return { items, next: undefined };
};
