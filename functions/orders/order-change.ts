import type { Caller } from '../accounts/caller.ts';
import { type Fault, fault } from '../contract/faults.ts';
import { changesBetween, type HistoryEntry, historyEntry } from './history.ts';
import { type LineItem, MAX_ORDER_BYTES, type Order, type OrderStatus } from './order.ts';

/** What a request does to an order that there is already. */
export interface OrderChange {
  before: Order;
  after: Order;
  history: HistoryEntry;
}

/** Who changes an order when; ids for what is added come from `newId`. */
export interface ChangeContext {
  caller: Caller;
  now: Date;
  newId: () => number;
}

/** The fault of an order that does not exist, or that the caller may not see: nobody can tell which. */
export const unknownOrder = (): Fault => fault('order_id', 'not-found', 'is not an order that you can see');

/** The fault of a change based on a state of the order that is no longer the current one. */
export const staleFault = (): Fault =>
  fault('updated_at', 'stale', 'is not the current one: the order has changed since');

/**
 * The faults that show against the order; of one that has moved on that is the only one, since its other rules would judge
 * a state that the client has not seen.
 *
 * @param updated_at what the client has seen; undefined if that has a fault in itself
 */
export const unlessStale = (order: Order, updated_at: string | undefined, judge: () => Fault[]): Fault[] =>
  updated_at !== undefined && updated_at !== order.updated_at ? [staleFault()] : judge();

/** The fault of a reference that another order of the same client has. */
export const takenReference = (): Fault =>
  fault('reference', 'taken', 'is that of another order of the client');

/** The status that an order's line items give it. */
export const statusOf = (items: readonly LineItem[]): OrderStatus => {
  if (items.length > 0 && items.every((item) => item.completed_quantity === item.quantity))
    return 'completed';
  return items.some((item) => item.completed_quantity > 0) ? 'in_progress' : 'open';
};

/**
 * The status of an order whose line items have changed. One that they do not give another status keeps what it has, be it one
 * that only a later release knows.
 */
const nextStatus = (before: Order, items: readonly LineItem[]): string => {
  const status = statusOf(items);
  return status === statusOf(before.line_items) ? before.status : status;
};

/** The time of a change: now, but always later than the change before it. */
const nextUpdatedAt = (order: Order, now: Date): string =>
  new Date(Math.max(now.getTime(), Date.parse(order.updated_at) + 1)).toISOString();

/** The change that gives an order new values; undefined when they are those that it has. */
export const changeOf = (
  before: Order,
  values: Partial<Pick<Order, 'reference' | 'notes' | 'line_items' | 'appointments'>>,
  { caller, now }: ChangeContext,
): OrderChange | undefined => {
  const changed = { ...before, ...values };
  const after = {
    ...changed,
    status: nextStatus(before, changed.line_items),
    updated_at: nextUpdatedAt(before, now),
  };
  const changes = changesBetween(before, after);
  return changes.length === 0 ? undefined : { before, after, history: historyEntry(after, caller, changes) };
};

/** An id that none of these has. Ids are random, so a second try is next to never needed. */
export const freeId = (taken: readonly number[], newId: () => number): number => {
  const id = newId();
  return taken.includes(id) ? freeId(taken, newId) : id;
};

/** The bytes of a value as JSON in UTF-8; none of what JSON leaves out. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

/** The parameters that can add to an order, and to which part of it each does. */
const GROWING = [
  ['reference', 'reference'],
  ['notes', 'notes'],
  ['line_items', 'line_items'],
  ['appointment', 'appointments'],
] as const;

/**
 * The fault of parameters that would make an order too large, in the one that it grows by most. One that is too large already may
 * be changed as long as it does not grow, so that it can be cut down bit by bit.
 *
 * @param after as it would be
 * @param params the parameters that make it so
 * @param before as it is, if there is one
 */
export const judgeSize = (after: Order, params: object, before?: Order): Fault[] => {
  const bytes = bytesOf(after);
  // Few orders are large: what there was before is measured only for these.
  if (bytes <= MAX_ORDER_BYTES) return [];
  const most = Math.max(MAX_ORDER_BYTES, bytesOf(before));
  if (bytes <= most) return [];
  const size = `larger than ${most.toLocaleString('en')} bytes as JSON`;
  const [grown] = GROWING.filter(([param]) => param in params)
    .map(([param, part]) => ({ param, by: bytesOf(after[part]) - bytesOf(before?.[part]) }))
    .sort((one, other) => other.by - one.by);
  return grown === undefined
    ? [fault('order_id', 'order-too-large', `is of an order that would be ${size}`)]
    : [fault(grown.param, 'order-too-large', `would make the order ${size}`)];
};
