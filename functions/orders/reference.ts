import * as z from 'zod/mini';
import type { Fault } from '../contract/faults.ts';
import { id } from '../contract/params.ts';
import { refusalOf } from '../contract/refused.ts';
import { partitions } from '../table/partitions.ts';
import type { Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { removed, type Write } from '../table/write.ts';
import type { Order } from './order.ts';
import { takenReference } from './order-change.ts';

/** The rows by which an order is found by its client's own number; there is one for each number, which is thus one order's. */
export const referenceRows = new RowKind(z.object({ order_id: id }));

const referenceKey = (client_id: number, reference: string): Key => ({
  pk: `${partitions.reference}${client_id}#${reference}`,
  sk: 'REFERENCE',
});

/** The id of the order to which a client has given that number, if there is one. */
export const findOrderId = async (
  table: Table,
  client_id: number,
  reference: string,
): Promise<number | undefined> => {
  const row = await table.get(referenceKey(client_id, reference));
  return row && referenceRows.read(row).order_id;
};

/**
 * The fault of a reference that another order of the client has, for a request that is refused for something else as well. Where nothing
 * else is wrong, nobody looks: the transaction that saves the order finds it (`claimReference`).
 *
 * @param find `findOrderId` of the request's table
 * @param order_id the order that may have it; undefined for one that is to be made
 */
export const judgeReference = async (
  find: (client_id: number, reference: string) => Promise<number | undefined>,
  client_id: number,
  reference: string | undefined,
  order_id?: number,
): Promise<Fault[]> => {
  const holder = reference === undefined ? undefined : await find(client_id, reference);
  return holder === undefined || holder === order_id ? [] : [takenReference()];
};

/**
 * Claims the reference of an order, for the transaction that saves the order, and gives up the one that it had. One that another
 * order of the client has refuses it with `invalid-param`, code `taken`.
 *
 * @param before the reference that it had
 */
export const claimReference = (
  { client_id, order_id, reference }: Order,
  before: Order['reference'] = null,
): Write[] => {
  if (reference === null || reference === before) return [];
  return [
    {
      put: {
        Item: { ...referenceKey(client_id, reference), order_id },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
      isClaim: true,
      refused: () => refusalOf([takenReference()]),
    },
    ...(before === null ? [] : [removed(referenceKey(client_id, before))]),
  ];
};
