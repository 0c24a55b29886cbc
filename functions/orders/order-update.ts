import { actsAsEmployee, type Caller } from '../accounts/caller.ts';
import { type Fault, fault } from '../contract/faults.ts';
import type { Sound } from '../contract/read-params.ts';
import { appointmentOf, judgeChangeable } from './appointments.ts';
import { changeLineItems, judgeItemChanges, judgeLineItems } from './line-items.ts';
import type { Appointment, Order } from './order.ts';
import { type ChangeContext, changeOf, type OrderChange, unlessStale } from './order-change.ts';
import type { AppointmentParams, OrderChanges } from './update-params.ts';

/** What an update does to an order. */
export interface OrderUpdate extends OrderChange {
  /** The appointment that it cancelled. */
  cancelled: Appointment | undefined;
  /** Whether the order became completed by it. */
  completed: boolean;
}

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
    ...(appointment?.cancel_note !== undefined && !('cancel_reason' in appointment)
      ? [fault('appointment.cancel_note', 'without-reason', 'needs appointment.cancel_reason with it')]
      : []),
  ];
};

/**
 * The faults of an update that show only against the order.
 *
 * @param params as in `judgeChanges`
 */
export const judgeUpdate = (order: Order, params: Sound<OrderChanges>, caller: Caller): Fault[] => {
  const { updated_at, appointment, line_items = [] } = params;
  return unlessStale(order, updated_at, () => [
    ...(mayChangeItems(params, caller) ? judgeLineItems(order, line_items) : []),
    ...(appointment?.appt_id === undefined
      ? []
      : judgeChangeable(order, appointment.appt_id, 'appointment.appt_id', 'cancel_reason' in appointment)),
  ]);
};

const cancel = (
  appointment: Appointment,
  params: AppointmentParams,
  { caller, now }: ChangeContext,
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
  context: ChangeContext,
): OrderUpdate | undefined => {
  const { caller, now, newId } = context;
  const change = changeOf(
    order,
    {
      reference: params.reference ?? order.reference,
      notes: params.notes ?? order.notes,
      line_items: changeLineItems(order, params.line_items ?? [], caller.name, now, newId),
      appointments: order.appointments.map((appointment) => cancel(appointment, params.appointment, context)),
    },
    context,
  );
  if (change === undefined) return undefined;
  return {
    ...change,
    cancelled:
      params.appointment.cancel_reason === undefined
        ? undefined
        : appointmentOf(change.after, params.appointment.appt_id),
    completed: change.after.status === 'completed' && order.status !== 'completed',
  };
};
