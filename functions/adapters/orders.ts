import { type Order, orderSchema } from '../contract/order.ts';
import { refusalOf } from '../contract/refused.ts';
import type { HistoryEntry, ValueChange } from '../domain/history.ts';
import { type OrderChange, staleFault } from '../domain/order-change.ts';
import type { Key, Row, Table, Write } from './table.ts';

const orderKey = (order_id: number): Key => ({ pk: `ORDER#${order_id}`, sk: 'ORDER' });

const orderOfRow = ({ pk: _, sk: __, ...order }: Row): Order => orderSchema.parse(order);

/** The order of an id, if there is one. */
export const findOrder = async (table: Table, order_id: number): Promise<Order | undefined> => {
  const row = await table.get(orderKey(order_id));
  return row && orderOfRow(row);
};

/** The row of an order. One that could not be read again is not written. */
export const rowOfOrder = (order: Order): Row => ({
  ...orderKey(order.order_id),
  ...orderSchema.parse(order),
});

/** What the changes in one row of history may come to, as JSON in UTF-8: a row holds 400 KB, and numbers take more there. */
const HISTORY_ROW_BYTES = 250_000;

/** Changes, in portions that fit a row. */
const portionsOf = (changes: readonly ValueChange[]): ValueChange[][] => {
  let room = 0;
  const portions: ValueChange[][] = [];
  for (const change of changes) {
    const bytes = Buffer.byteLength(JSON.stringify(change));
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
const rowsOfHistory = (entry: HistoryEntry): Row[] =>
  portionsOf(entry.changes).map((changes, part) => ({
    pk: `ORDER#${entry.order_id}`,
    sk: `HISTORY#${entry.at}#${part}`,
    ...entry,
    changes,
  }));

const savedHistory = (history: HistoryEntry): Write[] =>
  rowsOfHistory(history).map((Item) => ({
    put: { Item, ConditionExpression: 'attribute_not_exists(pk)' },
    refused: () => new Error('an order has two changes of one time'),
  }));

/** Saves a new order with its history entry and what else belongs to it, all or nothing. */
export const saveNewOrder = (table: Table, order: Order, history: HistoryEntry, more: readonly Write[]) =>
  table.transact([
    ...more,
    {
      put: { Item: rowOfOrder(order), ConditionExpression: 'attribute_not_exists(pk)' },
      refused: () => new Error('two orders have one id'),
    },
    ...savedHistory(history),
  ]);

/**
 * Saves a change with its history entry and what else belongs to it, all or nothing, if the order is still as it was.
 *
 * @throws {Refused} `invalid-param` with code `stale` and the current order, if it has changed meanwhile
 */
export const saveChange = (table: Table, { before, after, history }: OrderChange, more: readonly Write[]) =>
  table.transact([
    ...more,
    {
      put: {
        Item: rowOfOrder(after),
        ConditionExpression: 'updated_at = :seen',
        ExpressionAttributeValues: { ':seen': before.updated_at },
      },
      refused: (current) => refusalOf([staleFault()], current && { order: orderOfRow(current) }),
    },
    ...savedHistory(history),
  ]);
