import { type Fault, fault } from '../contract/faults.ts';
import { type LineItem, MAX_LINE_ITEMS, type Order } from '../contract/order.ts';
import type { LineItemChange } from '../contract/order-changes.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const dateOf = (time: Date): string => time.toISOString().slice(0, 10);
const isDate = (value: string): boolean => value.length === 10;

/** A day's grace, since the client's date can be ahead of ours by its time zone. */
const isInFuture = (dateOrTime: string, now: Date): boolean => {
  const limit = new Date(now.getTime() + DAY_MS);
  return isDate(dateOrTime) ? dateOrTime > dateOf(limit) : Date.parse(dateOrTime) > limit.getTime();
};

/** The item that a request means: one of the order's, or, without an id, one that is added to it. */
const meantItem = (order: Order, params: LineItemChange): LineItem | undefined =>
  'line_item_id' in params
    ? order.line_items.find(({ line_item_id }) => line_item_id === params.line_item_id)
    : {
        line_item_id: 0,
        name: params.name,
        quantity: params.quantity,
        completed_quantity: 0,
        completed_date: null,
        completed_by: null,
      };

/** The item with the fields given; a quantity newly completed is dated today and credited to the caller by default. */
const changedItem = (item: LineItem, params: LineItemChange, callerName: string, now: Date): LineItem => {
  const completes = (params.completed_quantity ?? 0) > item.completed_quantity;
  const date = params.completed_date ?? (completes ? dateOf(now) : item.completed_date);
  return {
    line_item_id: item.line_item_id,
    name: params.name ?? item.name,
    quantity: params.quantity ?? item.quantity,
    completed_quantity: params.completed_quantity ?? item.completed_quantity,
    completed_date: date === null || isDate(date) ? date : new Date(date).toISOString(),
    completed_by: params.completed_by ?? (completes ? callerName : item.completed_by),
  };
};

/** The faults of one element of `line_items`, judged against the order that it is to change. */
const judgeItem = (order: Order, params: LineItemChange, param: string, now: Date): Fault[] => {
  const item = meantItem(order, params);
  if (item === undefined)
    return [fault(`${param}.line_item_id`, 'not-found', 'is not a line item of this order')];
  const faults: Fault[] = [];
  const { quantity, completed_quantity } = changedItem(item, params, '', now);
  if (completed_quantity > quantity) {
    faults.push(
      params.completed_quantity === undefined
        ? fault(
            `${param}.quantity`,
            'less-than-completed-quantity',
            `must be at least ${completed_quantity}, which is completed`,
          )
        : fault(
            `${param}.completed_quantity`,
            'greater-than-quantity',
            `must be at most the quantity, ${quantity}`,
          ),
    );
  }
  if (params.completed_date !== undefined && isInFuture(params.completed_date, now)) {
    faults.push(fault(`${param}.completed_date`, 'in-future', 'must not be in the future'));
  }
  return faults;
};

/**
 * The faults of `line_items` that show only against the order. Elements that are faulty in themselves come as undefined.
 */
export const judgeLineItems = (
  order: Order,
  items: readonly (LineItemChange | undefined)[],
  now: Date,
): Fault[] => {
  const seen = new Set<number>();
  const faults = items.flatMap((params, index) => {
    if (params === undefined) return [];
    const param = `line_items[${index}]`;
    if ('line_item_id' in params) {
      if (seen.has(params.line_item_id)) {
        return [fault(`${param}.line_item_id`, 'duplicate', 'is given twice')];
      }
      seen.add(params.line_item_id);
    }
    return judgeItem(order, params, param, now);
  });
  const added = items.filter((params) => params !== undefined && !('line_item_id' in params)).length;
  if (order.line_items.length + added > MAX_LINE_ITEMS) {
    faults.push(fault('line_items', 'too-many', `must leave the order at most ${MAX_LINE_ITEMS} line items`));
  }
  return faults;
};

/** The order's line items after a request that was judged to have no fault: changed in place, additions at the end. */
export const changeLineItems = (
  order: Order,
  items: readonly LineItemChange[],
  callerName: string,
  now: Date,
  newId: () => number,
): LineItem[] => {
  const given = new Map(
    items.flatMap((params) => ('line_item_id' in params ? [[params.line_item_id, params]] : [])),
  );
  const changed = order.line_items.map((item) => {
    const params = given.get(item.line_item_id);
    return params === undefined ? item : changedItem(item, params, callerName, now);
  });
  for (const params of items) {
    const added = 'line_item_id' in params ? undefined : meantItem(order, params);
    if (added === undefined) continue;
    changed.push({ ...changedItem(added, params, callerName, now), line_item_id: freeId(changed, newId) });
  }
  return changed;
};

/** An id that no other item of the order has. Ids are random, so a second try is next to never needed. */
const freeId = (items: readonly LineItem[], newId: () => number): number => {
  const id = newId();
  return items.some(({ line_item_id }) => line_item_id === id) ? freeId(items, newId) : id;
};
