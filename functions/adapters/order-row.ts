import { type Order, orderSchema } from '../contract/order.ts';
import { tableIndexes } from '../contract/table-indexes.ts';
import { partitions } from '../contract/table-partitions.ts';
import type { Key, Row } from './table.ts';

const ofClient = tableIndexes['orders-of-client'];
const ofAll = tableIndexes['orders-of-all'];

/**
 * In how many lists the orders of all clients stand. A change costs an index two write units; a partition takes 1,000 a
 * second, so that four take 2,000 changes a second. A list of all orders is read from all of them.
 */
export const SHARED_LISTS = 4;

export const orderKey = (order_id: number): Key => ({ pk: `${partitions.order}${order_id}`, sk: 'ORDER' });

/** The list of a client's orders of a status. */
export const clientList = (client_id: number, status: Order['status']): string =>
  `CLIENT#${client_id}#${status}`;

/** One of the lists of all orders of a status. */
export const sharedList = (number: number, status: Order['status']): string => `ORDERS#${number}#${status}`;

/** The digits of the largest id. */
const ID_DIGITS = 16;

/** Where an order stands in its lists, by its newest change; no two orders stand in one place. */
export const placeOf = ({ updated_at, order_id }: Pick<Order, 'updated_at' | 'order_id'>): string =>
  `${updated_at}#${String(order_id).padStart(ID_DIGITS, '0')}`;

/** The row of an order. One that could not be read again is not written. */
export const rowOfOrder = (order: Order): Row => ({
  ...orderKey(order.order_id),
  ...orderSchema.parse(order),
  [ofClient.partition]: clientList(order.client_id, order.status),
  // Ids are random.
  [ofAll.partition]: sharedList(order.order_id % SHARED_LISTS, order.status),
  [ofClient.sort]: placeOf(order),
});

/** The order that a row holds. */
export const orderOfRow = ({ pk: _pk, sk: _sk, ...row }: Row): Order => {
  const {
    [ofClient.partition]: _ofClient,
    [ofAll.partition]: _ofAll,
    [ofClient.sort]: _place,
    ...order
  } = row;
  return orderSchema.parse(order);
};
