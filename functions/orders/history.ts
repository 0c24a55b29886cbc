import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../accounts/caller.ts';
import type { Order } from './order.ts';

/** One value of an order before and after a change; a value that was not there is null. */
export interface ValueChange {
  /** Where it stands: `notes`, `line_items[ID].completed_quantity`, `appointments[ID].status`. */
  field: string;
  before: unknown;
  after: unknown;
}

/** The entry of a change of an order, its making included, by a caller. */
export const historyEntry = (order: Order, caller: Caller, changes: ValueChange[]): HistoryEntry => ({
  order_id: order.order_id,
  at: order.updated_at,
  by: { token: caller.kind === 'user' ? 'session' : 'application', id: caller.id, name: caller.name },
  changes,
});

/** One change of an order: when, who, and what before and after. */
export interface HistoryEntry {
  order_id: number;
  at: string;
  /** By whom, and by which kind of token, `session` or `application`; `id` is the user's or the application's. */
  by: { token: string; id: number; name: string };
  changes: ValueChange[];
}

/** Whether two values are the same: most are one text or number, or nothing was done to them. */
const isSame = (one: unknown, other: unknown): boolean => one === other || isDeepStrictEqual(one, other);

const fieldChanges = (prefix: string, before: object, after: object): ValueChange[] => {
  const old = before as Record<string, unknown>;
  const changes: ValueChange[] = [];
  for (const [field, value] of Object.entries(after)) {
    const was = (Object.hasOwn(old, field) ? old[field] : null) ?? null;
    if (!isSame(was, value)) changes.push({ field: `${prefix}${field}`, before: was, after: value });
  }
  return changes;
};

const listChanges = <Element extends object>(
  name: string,
  before: readonly Element[],
  after: readonly Element[],
  idOf: (element: Element) => number,
): ValueChange[] => {
  const old = new Map(before.map((element) => [idOf(element), element]));
  const changed = after.filter((element) => old.get(idOf(element)) !== element);
  return changed.flatMap((element) => {
    const field = `${name}[${idOf(element)}]`;
    const was = old.get(idOf(element));
    return was === undefined
      ? [{ field, before: null, after: element }]
      : fieldChanges(`${field}.`, was, element);
  });
};

/** What differs between two states of an order, its `updated_at` aside. Line items and appointments are never removed. */
export const changesBetween = (before: Order, after: Order): ValueChange[] => {
  const { line_items: itemsBefore, appointments: apptsBefore, updated_at: _, ...scalarsBefore } = before;
  const { line_items, appointments, updated_at: __, ...scalars } = after;
  return [
    ...fieldChanges('', scalarsBefore, scalars),
    ...listChanges('line_items', itemsBefore, line_items, (item) => item.line_item_id),
    ...listChanges('appointments', apptsBefore, appointments, (appointment) => appointment.appt_id),
  ];
};
