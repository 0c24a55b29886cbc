import { dateOf, daysAfter } from '../contract/days.ts';
import { type Fault, fault } from '../contract/faults.ts';
import type { SoundPart } from '../contract/read-params.ts';
import { type LineItem, MAX_LINE_ITEMS, type Order } from './order.ts';
import { freeId } from './order-change.ts';
import type { LineItemChange } from './update-params.ts';

/** The latest date and time that are not in the future: a day's grace, since the client's date can be ahead of ours by its time zone. */
const latestAt = (now: Date): string => daysAfter(1, now).toISOString();

/** What is sound of what a request says of an item. */
type SoundItem = SoundPart<LineItemChange>;

/** An item that is added, before anything of it is completed; it has no id yet. */
const addedItem = ({ name, quantity }: { name: string; quantity: number }): LineItem => ({
  line_item_id: 0,
  name,
  quantity,
  completed_quantity: 0,
  completed_date: null,
  completed_by: null,
});

/**
 * The item with the fields given. A quantity newly completed is dated today and credited to the caller by default; while nothing
 * is completed, there is neither a date nor a name.
 */
const changedItem = (item: LineItem, params: LineItemChange, callerName: string, now: Date): LineItem => {
  const completed_quantity = params.completed_quantity ?? item.completed_quantity;
  const completes = completed_quantity > item.completed_quantity;
  const date = params.completed_date ?? (completes ? dateOf(now) : item.completed_date);
  const by = params.completed_by ?? (completes ? callerName : item.completed_by);
  return {
    ...item,
    name: params.name ?? item.name,
    quantity: params.quantity ?? item.quantity,
    completed_quantity,
    completed_date: completed_quantity === 0 ? null : date,
    completed_by: completed_quantity === 0 ? null : by,
  };
};

const greaterThanQuantity = (param: string, quantity: number): Fault =>
  fault(`${param}.completed_quantity`, 'greater-than-quantity', `must be at most the quantity, ${quantity}`);

/** The faults of a date and a name for nothing that is completed. */
const nothingCompleted = (params: SoundItem, param: string): Fault[] =>
  (['completed_date', 'completed_by'] as const)
    .filter((name) => params[name] !== undefined)
    .map((name) => fault(`${param}.${name}`, 'nothing-completed', 'is given where nothing is completed'));

/** Does something with each element that is not faulty in itself: those that are come as undefined. */
const judgeEach = (
  items: readonly (SoundItem | undefined)[],
  judge: (params: SoundItem, param: string) => Fault[],
): Fault[] =>
  items.flatMap((params, index) => (params === undefined ? [] : judge(params, `line_items[${index}]`)));

/** The faults of `line_items` that show without the order. */
export const judgeItemChanges = (items: readonly (SoundItem | undefined)[], now: Date): Fault[] => {
  const seen = new Set<number>();
  const latest = latestAt(now);
  return judgeEach(items, (params, param) => {
    const faults: Fault[] = [];
    if ('line_item_id' in params && params.line_item_id !== undefined) {
      if (seen.has(params.line_item_id)) {
        faults.push(fault(`${param}.line_item_id`, 'duplicate', 'is given twice'));
      }
      seen.add(params.line_item_id);
    }
    const { quantity, completed_quantity, completed_date } = params;
    if (quantity !== undefined && completed_quantity !== undefined && completed_quantity > quantity) {
      faults.push(greaterThanQuantity(param, quantity));
    }
    if (completed_date !== undefined && completed_date > latest.slice(0, completed_date.length)) {
      faults.push(fault(`${param}.completed_date`, 'in-future', 'must not be in the future'));
    }
    // Of an item that is added, nothing is completed yet.
    const isUntouched = !('line_item_id' in params || 'completed_quantity' in params);
    return isUntouched || completed_quantity === 0 ? [...faults, ...nothingCompleted(params, param)] : faults;
  });
};

/** The faults of `line_items` that show only against the order. */
export const judgeLineItems = (order: Order, items: readonly (SoundItem | undefined)[]): Fault[] => {
  const faults = judgeEach(items, (params, param) => {
    // One that is added, or whose id has a fault.
    if (!('line_item_id' in params) || params.line_item_id === undefined) return [];
    const item = order.line_items.find(({ line_item_id }) => line_item_id === params.line_item_id);
    if (item === undefined) {
      return [fault(`${param}.line_item_id`, 'not-found', 'is not a line item of this order')];
    }
    const { quantity, completed_quantity } = params;
    if (!('quantity' in params) && (completed_quantity ?? 0) > item.quantity) {
      return [greaterThanQuantity(param, item.quantity)];
    }
    if ('completed_quantity' in params) return [];
    if ((quantity ?? item.quantity) < item.completed_quantity) {
      const predicate = `must be at least ${item.completed_quantity}, which is completed`;
      return [fault(`${param}.quantity`, 'less-than-completed-quantity', predicate)];
    }
    return item.completed_quantity === 0 ? nothingCompleted(params, param) : [];
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
    if ('line_item_id' in params) continue;
    const line_item_id = freeId(
      changed.map((item) => item.line_item_id),
      newId,
    );
    changed.push({ ...changedItem(addedItem(params), params, callerName, now), line_item_id });
  }
  return changed;
};
