import type { HistoryEntry, ValueChange } from './history.ts';
import type { HistoryEntryView, ValueChangeView } from './history-view.ts';
import type { Appointment, LineItem, Order } from './order.ts';

/** A line item as clients see it, whatever else another release keeps with it. */
const viewOfLineItem = (item: LineItem): LineItem => ({
  line_item_id: item.line_item_id,
  name: item.name,
  quantity: item.quantity,
  completed_quantity: item.completed_quantity,
  completed_date: item.completed_date,
  completed_by: item.completed_by,
});

const viewOfAppointment = (appointment: Appointment): Appointment => ({
  appt_id: appointment.appt_id,
  status: appointment.status,
  scheduled_for: appointment.scheduled_for,
  duration_minutes: appointment.duration_minutes,
  cancel_reason: appointment.cancel_reason,
  cancel_note: appointment.cancel_note,
  cancelled_at: appointment.cancelled_at,
  cancelled_by: appointment.cancelled_by,
});

/** An order as clients see it, whatever else another release keeps with it. */
export const viewOfOrder = (order: Order): Order => ({
  order_id: order.order_id,
  client_id: order.client_id,
  reference: order.reference,
  status: order.status,
  notes: order.notes,
  created_at: order.created_at,
  updated_at: order.updated_at,
  line_items: order.line_items.map(viewOfLineItem),
  appointments: order.appointments.map(viewOfAppointment),
});

type Value = ValueChangeView['before'];

/** A value of an order as clients see it: of a whole line item or appointment what they see of it elsewhere. */
const viewOfValue = (value: unknown): Value => {
  if (typeof value === 'object' && value !== null) {
    if ('line_item_id' in value) return viewOfLineItem(value as LineItem);
    if ('appt_id' in value) return viewOfAppointment(value as Appointment);
  }
  return value as Value;
};

/** One value before and after a change, as clients see it. */
export const viewOfValueChange = ({ field, before, after }: ValueChange): ValueChangeView => ({
  field,
  before: viewOfValue(before),
  after: viewOfValue(after),
});

/** A change of an order as clients see it. */
export const viewOfHistoryEntry = ({ at, by, changes }: HistoryEntry): HistoryEntryView => ({
  at,
  by: { token: by.token, id: by.id, name: by.name },
  changes: changes.map(viewOfValueChange),
});
