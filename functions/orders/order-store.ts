import { type Caller, maySee } from '../accounts/caller.ts';
import { refusalOf } from '../contract/refused.ts';
import type { Table } from '../table/table.ts';
import { setting, type Write } from '../table/write.ts';
import type { HistoryEntry } from './history.ts';
import { rowsOfHistory } from './history-store.ts';
import type { Order } from './order.ts';
import { type OrderChange, staleFault } from './order-change.ts';
import { orderKey, orderRows, rowChange, rowOfOrder } from './order-row.ts';
import { viewOfOrder } from './order-view.ts';
import { claimReference } from './reference.ts';

/** The order of an id, if there is one. */
export const findOrder = async (table: Table, order_id: number): Promise<Order | undefined> => {
  const row = await table.get(orderKey(order_id));
  return row && orderRows.read(row);
};

/** Starts reading several orders, which `findOrdersById` then finds read. */
export const prefetchOrders = (table: Table, order_ids: readonly number[]): Promise<unknown> =>
  Promise.all(order_ids.map((order_id) => table.get(orderKey(order_id))));

/** Several orders that were asked for. */
export interface FoundOrders {
  /** In the order in which they were asked for. */
  orders: Order[];
  /** The ids of those that are there and cannot be read. */
  unreadable: number[];
}

/** The orders of several ids. Those that cannot be read are left out, and the table's request will tell of them. */
export const findOrdersById = async (table: Table, order_ids: readonly number[]): Promise<FoundOrders> => {
  const rows = await Promise.all(order_ids.map((order_id) => table.get(orderKey(order_id))));
  const found: FoundOrders = { orders: [], unreadable: [] };
  for (const [index, order_id] of order_ids.entries()) {
    const row = rows[index];
    if (row === undefined) continue;
    const order = orderRows.readOrLeaveOut(table, row);
    if (order === undefined) found.unreadable.push(order_id);
    else found.orders.push(order);
  }
  return found;
};

const savedHistory = (history: HistoryEntry): Write[] =>
  rowsOfHistory(history).map((Item) => ({
    put: { Item, ConditionExpression: 'attribute_not_exists(pk)' },
    refused: () => new Error('an order has two changes of one time'),
  }));

/** Saves a new order with its history entry, for a transaction. */
export const saveNewOrder = (order: Order, history: HistoryEntry): Write[] => [
  {
    put: { Item: rowOfOrder(order), ConditionExpression: 'attribute_not_exists(pk)' },
    refused: () => new Error('two orders have one id'),
  },
  ...claimReference(order),
  ...savedHistory(history),
];

/**
 * Saves a change with its history entry, for a transaction, if the order is still as it was. One that has changed meanwhile refuses
 * it with `invalid-param`, code `stale`, and with the current order if it is theirs to see.
 *
 * @param by whoever changes it
 */
export const saveChange = (by: Caller, { before, after, history }: OrderChange): Write[] => {
  const changed = setting(rowChange(before, after));
  return [
    {
      update: {
        Key: orderKey(after.order_id),
        ...changed,
        ConditionExpression: 'updated_at = :seen',
        ExpressionAttributeValues: { ...changed.ExpressionAttributeValues, ':seen': before.updated_at },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
      refused: (current) =>
        refusalOf(
          [staleFault()],
          current && maySee(by) ? { order: viewOfOrder(orderRows.read(current)) } : undefined,
        ),
    },
    ...claimReference(after, before.reference),
    ...savedHistory(history),
  ];
};
