import type { NewOrder } from '../contract/new-order.ts';
import type { Appointment, Order } from '../contract/order.ts';
import type { Caller } from './caller.ts';
import { changesBetween, type HistoryEntry, historyEntry } from './history.ts';
import { freeId } from './line-items.ts';
import type { UpdateContext } from './order-update.ts';

/** Whom an order is for: the client that is named, or else the caller, if it is a client. */
export const clientOf = (client_id: number | undefined, caller: Caller): number | undefined =>
  client_id ?? (caller.kind === 'user' ? (caller.held.client_id ?? undefined) : undefined);

/** An appointment that has just been made. */
export const newAppointment = (
  { scheduled_for, duration_minutes }: NonNullable<NewOrder['appointment']>,
  appt_id: number,
): Appointment => ({
  appt_id,
  status: 'scheduled',
  scheduled_for: new Date(scheduled_for).toISOString(),
  duration_minutes: duration_minutes ?? null,
  cancel_reason: null,
  cancel_note: null,
  cancelled_at: null,
  cancelled_by: null,
});

/** The order that parameters without a fault make for a client, and the entry with which its history begins. */
export const makeOrder = (
  { notes = '', line_items, appointment }: NewOrder,
  client_id: number,
  { caller, now, newId }: UpdateContext,
): { order: Order; history: HistoryEntry } => {
  const blank: Order = {
    order_id: newId(),
    client_id,
    status: 'open',
    notes: '',
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    line_items: [],
    appointments: [],
  };
  const items: Order['line_items'] = [];
  for (const item of line_items) {
    const line_item_id = freeId(items, newId);
    items.push({ line_item_id, ...item, completed_quantity: 0, completed_date: null, completed_by: null });
  }
  const appointments = appointment === undefined ? [] : [newAppointment(appointment, newId())];
  const order = { ...blank, notes, line_items: items, appointments };
  return { order, history: historyEntry(order, caller, changesBetween(blank, order)) };
};
