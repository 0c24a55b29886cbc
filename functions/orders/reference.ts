import * as z from 'zod/mini';
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
