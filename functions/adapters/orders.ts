import { type Order, orderSchema } from '../contract/order.ts';
import { refusalOf } from '../contract/refused.ts';
import type { HistoryEntry } from '../domain/history.ts';
import { type OrderUpdate, staleFault } from '../domain/order-update.ts';
import type { Key, Row, Table, Write } from './table.ts';

const orderKey = (order_id: number): Key => ({ pk: `ORDER#${order_id}`, sk: 'ORDER' });

const orderOfRow = ({ pk: _, sk: __, ...order }: Row): Order => orderSchema.parse(order);

/** The order of an id, if there is one. */
export const findOrder = async (table: Table, order_id: number): Promise<Order | undefined> => {
  const row = await table.get(orderKey(order_id));
  return row && orderOfRow(row);
};

/** The row of an order. */
export const rowOfOrder = (order: Order): Row => ({ ...orderKey(order.order_id), ...order });

/** The row of a change: in the order's partition, by its time, which no other change of the order has. */
const rowOfHistory = (entry: HistoryEntry): Row => ({
  pk: `ORDER#${entry.order_id}`,
  sk: `HISTORY#${entry.at}`,
  ...entry,
});

/**
 * Saves an update with its history entry and what else belongs to it, all or nothing, if the order is still as it was.
 *
 * @throws {Refused} `invalid-param` with code `stale` and the current order, if it has changed meanwhile
 */
export const saveUpdate = (table: Table, { before, after, history }: OrderUpdate, more: readonly Write[]) =>
  table.transact([
    {
      put: {
        Item: rowOfOrder(after),
        ConditionExpression: 'updated_at = :seen',
        ExpressionAttributeValues: { ':seen': before.updated_at },
      },
      refused: (current) => refusalOf([staleFault()], current && { order: orderOfRow(current) }),
    },
    {
      put: { Item: rowOfHistory(history), ConditionExpression: 'attribute_not_exists(pk)' },
      refused: () => new Error('an order has two changes of one time'),
    },
    ...more,
  ]);
