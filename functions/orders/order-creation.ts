import { newAppointment } from './appointments.ts';
import { changesBetween, type HistoryEntry, historyEntry } from './history.ts';
import type { NewOrder } from './new-order-params.ts';
import type { Order } from './order.ts';
import { type ChangeContext, freeId } from './order-change.ts';

/** The order that parameters without a fault make for a client, and the entry with which its history begins. */
export const makeOrder = (
  { reference, notes = '', line_items, appointment }: NewOrder,
  client_id: number,
  { caller, now, newId }: ChangeContext,
): { order: Order; history: HistoryEntry } => {
  const blank: Order = {
    order_id: newId(),
    client_id,
    reference: null,
    status: 'open',
    notes: '',
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    line_items: [],
    appointments: [],
  };
  const items: Order['line_items'] = [];
  for (const item of line_items) {
    const taken = items.map((each) => each.line_item_id);
    const line_item_id = freeId(taken, newId);
    items.push({ line_item_id, ...item, completed_quantity: 0, completed_date: null, completed_by: null });
  }
  const appointments = appointment === undefined ? [] : [newAppointment(appointment, newId())];
  const order = { ...blank, reference: reference ?? null, notes, line_items: items, appointments };
  return { order, history: historyEntry(order, caller, changesBetween(blank, order)) };
};
