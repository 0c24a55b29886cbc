import * as z from 'zod/mini';
import { looseObject } from '../contract/objects.ts';
import { id } from '../contract/params.ts';
import { tableIndexes } from '../table/indexes.ts';
import { partitions } from '../table/partitions.ts';
import type { Key, Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import { type Order, type OrderStatus, storedDateOrTime, storedTime } from './order.ts';
import { statusOf } from './order-change.ts';

const ofClient = tableIndexes['orders-of-client'];
const ofAll = tableIndexes['orders-of-all'];

export const orderKey = (order_id: number): Key => ({ pk: `${partitions.order}${order_id}`, sk: 'ORDER' });

/**
 * The list of a client's orders of a progress: of the status that their line items give them. Whatever status a later release
 * gives an order besides, this release finds it.
 */
export const clientList = (client_id: number, progress: OrderStatus): string =>
  `CLIENT#${client_id}#${progress}`;

/**
 * The list of all orders of a progress. A change costs an index two write units, and a partition takes 1,000 a second, so that it
 * takes 500 changes a second: as many as the gateway lets through in production.
 */
export const sharedList = (progress: OrderStatus): string => `ORDERS#0#${progress}`;

/** Where all orders of a progress stand as well that were last written by release 0.2, which had four lists of each. */
export const formerSharedLists = (progress: OrderStatus): string[] =>
  [1, 2, 3].map((number) => `ORDERS#${number}#${progress}`);

/** Before and after every place in a list, which starts with a year. */
export const [BEFORE_ALL_PLACES, AFTER_ALL_PLACES] = ['0', '~'] as const;

/** The digits of the largest id. */
const ID_DIGITS = 16;

/** Where an order stands in its lists, by its newest change; no two orders stand in one place. */
export const listingPlace = ({ updated_at, order_id }: Pick<Order, 'updated_at' | 'order_id'>): string =>
  `${updated_at}#${String(order_id).padStart(ID_DIGITS, '0')}`;

const lineItemSchema = looseObject({
  line_item_id: id,
  name: z.string(),
  quantity: z.int(),
  completed_quantity: z.int(),
  completed_date: z.nullable(storedDateOrTime),
  completed_by: z.nullable(z.string()),
});

const appointmentSchema = looseObject({
  appt_id: id,
  status: z.string(),
  scheduled_for: storedTime,
  duration_minutes: z.nullable(z.int()),
  cancel_reason: z.nullable(z.string()),
  cancel_note: z.nullable(z.string()),
  cancelled_at: z.nullable(storedTime),
  cancelled_by: z.nullable(z.string()),
});

const orderSchema = looseObject({
  order_id: id,
  client_id: id,
  /** Not there when there is none: release 0.2 refuses orders with an attribute that it does not know. */
  reference: z.optional(z.string()),
  status: z.string(),
  notes: z.string(),
  created_at: storedTime,
  updated_at: storedTime,
  line_items: z.array(lineItemSchema),
  appointments: z.array(appointmentSchema),
});

/** An order alone, of a row that also says where the order stands. */
const withoutPlacement = ({
  pk: _pk,
  sk: _sk,
  [ofClient.partition]: _ofClient,
  [ofAll.partition]: _ofAll,
  [ofClient.sort]: _place,
  reference,
  ...order
}: z.infer<typeof orderSchema>): Order => ({ ...order, reference: reference ?? null }) as Order;

/** Orders, with whatever else another release keeps with them. */
export const orderRows = new RowKind<Order>(z.pipe(orderSchema, z.transform(withoutPlacement)));

/** What places an order: its key, and in which lists it stands where. */
const placement = (order: Omit<Order, 'reference'>): Row => {
  const progress = statusOf(order.line_items);
  return {
    ...orderKey(order.order_id),
    [ofClient.partition]: clientList(order.client_id, progress),
    [ofAll.partition]: sharedList(progress),
    [ofClient.sort]: listingPlace(order),
  };
};

/**
 * What a change of an order writes of its row: the attributes that it has changed, and where the order stands now.
 *
 * @param after has what `before` has, and no fewer attributes
 */
export const rowChange = (before: Order, after: Order): Row => {
  const { pk: _pk, sk: _sk, ...changed } = placement(after);
  for (const name of Object.keys(after) as (keyof Order)[]) {
    if (after[name] !== before[name]) changed[name] = after[name] ?? undefined;
  }
  return changed;
};

/** The row of an order: what another release keeps with it is carried along. */
export const rowOfOrder = ({ reference, ...order }: Order): Row => ({
  ...orderRows.version,
  ...order,
  ...(reference !== null && { reference }),
  ...placement(order),
});
