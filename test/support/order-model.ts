import { expect } from 'vitest';
import type { Appointment, LineItem, Order } from '../../functions/orders/order.ts';

/** The orders service as a reader of the contract would picture it, in memory and without the project's own rules. */

/** Who sends requests. */
export interface ModelCaller {
  name: string;
  token: string;
  kind: 'session' | 'application';
  /** The clients whose orders are seen; undefined for all. */
  clients: readonly number[] | undefined;
  /** The client that the caller is, if it is one. */
  own?: number;
  /** Whether line items may be changed. */
  changesItems: boolean;
}

export interface ItemChange {
  line_item_id?: number;
  name?: string;
  quantity?: number;
  completed_quantity?: number;
  completed_date?: string;
  completed_by?: string;
}

/** A request that changes an order, as it is sent. */
export type ChangeParams = { order_id: number; updated_at: string } & (
  | { notes?: string; line_items?: ItemChange[]; appointment: CancelParams }
  | { appt_id?: number; scheduled_for: string; duration_minutes?: number }
);
interface CancelParams {
  appt_id: number;
  cancel_reason?: string;
  cancel_note?: string;
}

/** What a change comes to: faults as `param code`, or the order after it and whether its client gets an e-mail. */
export type Expected = { faults: string[] } | { order: Order; mail: boolean };

const statusOf = (items: readonly LineItem[]): Order['status'] => {
  if (items.every((item) => item.completed_quantity === item.quantity)) return 'completed';
  return items.some((item) => item.completed_quantity > 0) ? 'in_progress' : 'open';
};

/** Stands where an id, a time of the server's or a date of today is expected. */
export const ANY = expect.anything() as never;

const addedItem = (change: ItemChange): LineItem => ({
  line_item_id: ANY,
  name: change.name ?? '',
  quantity: change.quantity ?? 0,
  completed_quantity: 0,
  completed_date: null,
  completed_by: null,
});

const changedItem = (item: LineItem, change: ItemChange, caller: ModelCaller): LineItem => {
  const completes = (change.completed_quantity ?? 0) > item.completed_quantity;
  const { line_item_id: _, ...values } = change;
  const changed = {
    ...item,
    ...(completes && { completed_date: ANY, completed_by: caller.name }),
    ...values,
  };
  const undone = { completed_date: null, completed_by: null };
  return changed.completed_quantity === 0 ? { ...changed, ...undone } : changed;
};

/** Who did nothing, and when. */
const creditFaults = (change: ItemChange, completed: number | undefined, param: string): string[] =>
  completed !== 0
    ? []
    : (['completed_date', 'completed_by'] as const)
        .filter((name) => change[name] !== undefined)
        .map((name) => `${param}.${name} nothing-completed`);

const itemFaults = (order: Order, changes: readonly ItemChange[]): string[] =>
  changes.flatMap((change, index) => {
    const param = `line_items[${index}]`;
    const item = order.line_items.find(({ line_item_id }) => line_item_id === change.line_item_id);
    if (change.line_item_id !== undefined && item === undefined) return [`${param}.line_item_id not-found`];
    const quantity = change.quantity ?? item?.quantity ?? 0;
    const completed = change.completed_quantity ?? item?.completed_quantity ?? 0;
    if (completed <= quantity) return creditFaults(change, completed, param);
    return change.completed_quantity === undefined
      ? [`${param}.quantity less-than-completed-quantity`]
      : [`${param}.completed_quantity greater-than-quantity`];
  });

/** Whether a time is more than a day and a half ago; one that is between is for other tests. */
const isPast = (time: string): boolean => Date.parse(time) < Date.now() - 36 * 60 * 60 * 1_000;

/** Faults that show in the parameters alone. */
const faultsAlone = (params: ChangeParams, caller: ModelCaller): string[] => {
  if (!('appointment' in params)) return isPast(params.scheduled_for) ? ['scheduled_for in-past'] : [];
  const { line_items = [], appointment } = params;
  const mayNot = line_items.length > 0 && !caller.changesItems;
  const tooMany = line_items.flatMap(({ quantity, completed_quantity }, index) =>
    (completed_quantity ?? 0) > (quantity ?? Number.POSITIVE_INFINITY)
      ? [`line_items[${index}].completed_quantity greater-than-quantity`]
      : [],
  );
  const undone = line_items.flatMap((change, index) => {
    const completed = change.completed_quantity ?? (change.line_item_id === undefined ? 0 : undefined);
    return creditFaults(change, completed, `line_items[${index}]`);
  });
  const unreasoned = appointment.cancel_note !== undefined && appointment.cancel_reason === undefined;
  return [
    ...(mayNot ? ['line_items not-permitted'] : [...tooMany, ...undone]),
    ...(unreasoned ? ['appointment.cancel_note without-reason'] : []),
  ];
};

const faultsAgainst = (order: Order, params: ChangeParams, caller: ModelCaller): string[] => {
  const change = 'appointment' in params ? params.appointment : params;
  const param = 'appointment' in params ? 'appointment.appt_id' : 'appt_id';
  const appointment = order.appointments.find(({ appt_id }) => appt_id === change.appt_id);
  const ends = 'appointment' in params ? params.appointment.cancel_reason !== undefined : true;
  const items = 'appointment' in params && caller.changesItems ? (params.line_items ?? []) : [];
  return [
    ...itemFaults(order, items),
    ...(change.appt_id !== undefined && appointment === undefined ? [`${param} not-found`] : []),
    ...(appointment?.status === 'cancelled' && ends ? [`${param} already-cancelled`] : []),
  ];
};

const scheduled = (given: Partial<Appointment>): Appointment => ({
  appt_id: ANY,
  status: 'scheduled',
  scheduled_for: '',
  duration_minutes: null,
  cancel_reason: null,
  cancel_note: null,
  cancelled_at: null,
  cancelled_by: null,
  ...given,
});

const applied = (order: Order, params: ChangeParams, caller: ModelCaller): Order => {
  if (!('appointment' in params)) {
    const { appt_id, scheduled_for, duration_minutes } = params;
    const time = { scheduled_for, ...(duration_minutes !== undefined && { duration_minutes }) };
    const appointments =
      appt_id === undefined
        ? [...order.appointments, scheduled(time)]
        : order.appointments.map((each) => (each.appt_id === appt_id ? { ...each, ...time } : each));
    return { ...order, appointments };
  }
  const { notes = order.notes, line_items: changes = [], appointment } = params;
  const changed = order.line_items.map((item) => {
    const change = changes.find(({ line_item_id }) => line_item_id === item.line_item_id);
    return change === undefined ? item : changedItem(item, change, caller);
  });
  const added = changes.filter(({ line_item_id }) => line_item_id === undefined);
  const line_items = [...changed, ...added.map((each) => changedItem(addedItem(each), each, caller))];
  const { cancel_reason, cancel_note = null } = appointment;
  const cancelled = {
    status: 'cancelled',
    cancel_reason,
    cancel_note,
    cancelled_at: ANY,
    cancelled_by: caller.name,
  };
  const appointments = order.appointments.map((each) =>
    each.appt_id === appointment.appt_id && cancel_reason !== undefined
      ? ({ ...each, ...cancelled } as Appointment)
      : each,
  );
  return { ...order, notes, line_items, appointments, status: statusOf(line_items) };
};

/** What an order that is made looks like. */
export const madeOrder = (
  client_id: number,
  params: { notes?: string; line_items: ItemChange[]; appointment?: Partial<Appointment> },
): Order => ({
  order_id: ANY,
  client_id,
  reference: null,
  status: 'open',
  notes: params.notes ?? '',
  created_at: ANY,
  updated_at: ANY,
  line_items: params.line_items.map(addedItem),
  appointments: params.appointment === undefined ? [] : [scheduled(params.appointment)],
});

/**
 * What a change of an order comes to.
 *
 * @param order the order as the client has seen it, or as it is when `moved` says that it has changed since
 */
export const expectedOf = (
  order: Order,
  params: ChangeParams,
  caller: ModelCaller,
  moved: boolean,
): Expected => {
  const alone = faultsAlone(params, caller);
  if (caller.clients?.includes(order.client_id) === false)
    return { faults: ['order_id not-found', ...alone] };
  const faults = moved ? ['updated_at stale'] : faultsAgainst(order, params, caller);
  if (faults.length + alone.length > 0) return { faults: [...new Set([...faults, ...alone])] };
  const after = applied(order, params, caller);
  const cancels = 'appointment' in params && params.appointment.cancel_reason !== undefined;
  const completes = after.status === 'completed' && order.status !== 'completed';
  const changed = JSON.stringify(after) !== JSON.stringify(order);
  return { order: after, mail: changed && (cancels || completes || !('appointment' in params)) };
};
