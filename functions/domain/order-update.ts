import { type Fault, fault } from '../contract/faults.ts';
import type { Appointment, LineItem, Order } from '../contract/order.ts';
import type { AppointmentChange, OrderChanges } from '../contract/order-changes.ts';
import type { Sound } from '../contract/read-params.ts';
import { actsAsEmployee, type Caller } from './caller.ts';
import { changesBetween, type HistoryEntry, historyEntry } from './history.ts';
import { changeLineItems, judgeItemChanges, judgeLineItems } from './line-items.ts';

/** What an update does to an order. */
export interface OrderUpdate {
  before: Order;
  after: Order;
  history: HistoryEntry;
  /** The appointment that it cancelled. */
  cancelled: Appointment | undefined;
  /** Whether the order became completed by it. */
  completed: boolean;
}

/** Who updates when; ids for what is added come from `newId`. */
export interface UpdateContext {
  caller: Caller;
  now: Date;
  newId: () => number;
}

/** The status that an order's line items give it. */
export const statusOf = (items: readonly LineItem[]): Order['status'] => {
  if (items.length > 0 && items.every((item) => item.completed_quantity === item.quantity))
    return 'completed';
  return items.some((item) => item.completed_quantity > 0) ? 'in_progress' : 'open';
};

/** The time of a change: now, but always later than the change before it. */
export const nextUpdatedAt = (order: Order, now: Date): string =>
  new Date(Math.max(now.getTime(), Date.parse(order.updated_at) + 1)).toISOString();

/** The fault of an order that does not exist, or that the caller may not see: nobody can tell which. */
export const unknownOrder = (): Fault => fault('order_id', 'not-found', 'is not an order that you can see');

/** The fault of an update based on a state of the order that is no longer the current one. */
export const staleFault = (): Fault =>
  fault('updated_at', 'stale', 'is not the current one: the order has changed since. See data.order');

const judgeAppointment = (order: Order, params: AppointmentChange): Fault[] => {
  const appointment = order.appointments.find(({ appt_id }) => appt_id === params.appt_id);
  if (appointment === undefined) {
    return [fault('appointment.appt_id', 'not-found', 'is not an appointment of this order')];
  }
  if (params.cancel_reason !== undefined && appointment.status === 'cancelled') {
    return [
      fault('appointment.appt_id', 'already-cancelled', 'is of an appointment that is cancelled already'),
    ];
  }
  return [];
};

/** Whether the caller may change line items at all. */
const mayChangeItems = ({ line_items = [] }: Sound<OrderChanges>, caller: Caller): boolean =>
  line_items.length === 0 || actsAsEmployee(caller);

/**
 * The faults of an update that show without the order.
 *
 * @param params what is sound of the parameters; faults of the rest are known already
 */
export const judgeChanges = (params: Sound<OrderChanges>, caller: Caller, now: Date): Fault[] => {
  const { appointment, line_items = [] } = params;
  return [
    ...(mayChangeItems(params, caller)
      ? judgeItemChanges(line_items, now)
      : [fault('line_items', 'not-permitted', 'can be changed by employees and applications only')]),
    ...(appointment?.cancel_note !== undefined && appointment.cancel_reason === undefined
      ? [fault('appointment.cancel_note', 'without-reason', 'needs appointment.cancel_reason with it')]
      : []),
  ];
};

/**
 * The faults of an update that show only against the order. Of an order that has moved on that is the only one: its other
 * rules would judge a state that the client has not seen.
 *
 * @param params as in `judgeChanges`
 */
export const judgeUpdate = (order: Order, params: Sound<OrderChanges>, caller: Caller): Fault[] => {
  const { updated_at, appointment, line_items = [] } = params;
  if (updated_at !== undefined && updated_at !== order.updated_at) return [staleFault()];
  return [
    ...(mayChangeItems(params, caller) ? judgeLineItems(order, line_items) : []),
    ...(appointment === undefined ? [] : judgeAppointment(order, appointment)),
  ];
};

const cancel = (
  appointment: Appointment,
  params: AppointmentChange,
  { caller, now }: UpdateContext,
): Appointment =>
  params.cancel_reason === undefined || appointment.appt_id !== params.appt_id
    ? appointment
    : {
        ...appointment,
        status: 'cancelled',
        cancel_reason: params.cancel_reason,
        cancel_note: params.cancel_note ?? null,
        cancelled_at: now.toISOString(),
        cancelled_by: caller.name,
      };

/**
 * What an update that was judged to have no fault does to the order; undefined when it changes nothing.
 */
export const applyUpdate = (
  order: Order,
  params: OrderChanges,
  context: UpdateContext,
): OrderUpdate | undefined => {
  const { caller, now, newId } = context;
  const line_items = changeLineItems(order, params.line_items ?? [], caller.name, now, newId);
  const after: Order = {
    ...order,
    status: statusOf(line_items),
    notes: params.notes ?? order.notes,
    updated_at: nextUpdatedAt(order, now),
    line_items,
    appointments: order.appointments.map((appointment) => cancel(appointment, params.appointment, context)),
  };
  const changes = changesBetween(order, after);
  if (changes.length === 0) return undefined;
  return {
    before: order,
    after,
    history: historyEntry(after, caller, changes),
    cancelled:
      params.appointment.cancel_reason === undefined
        ? undefined
        : after.appointments.find(({ appt_id }) => appt_id === params.appointment.appt_id),
    completed: after.status === 'completed' && order.status !== 'completed',
  };
};
