import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../functions/orders/history.ts';
import { aLineItem, anAppointment, anOrder } from '../support/orders.ts';

describe('changesBetween', () => {
  const before = anOrder({
    line_items: [aLineItem(), aLineItem({ line_item_id: 12 })],
    appointments: [anAppointment(), anAppointment({ appt_id: 22 })],
  });

  it('Nothing differs between two equal orders, whatever their updated_at', () => {
    expect(changesBetween(before, structuredClone(before))).toEqual([]);
    expect(changesBetween(before, { ...before, updated_at: '2026-11-03T08:00:00.000Z' })).toEqual([]);
  });

  it('What differs of an order itself goes by the name of the value', () => {
    expect(changesBetween(before, { ...before, notes: '', status: 'completed' })).toEqual([
      { field: 'status', before: 'open', after: 'completed' },
      { field: 'notes', before: 'Ring twice.', after: '' },
    ]);
  });

  it('What differs of an item are single values, and the item goes by its id', () => {
    const line_items = [aLineItem(), aLineItem({ line_item_id: 12, quantity: 3, completed_by: 'Emil' })];
    expect(changesBetween(before, { ...before, line_items })).toEqual([
      { field: 'line_items[12].quantity', before: 10, after: 3 },
      { field: 'line_items[12].completed_by', before: null, after: 'Emil' },
    ]);
  });

  it('An item that was added is a change as a whole', () => {
    const added = aLineItem({ line_item_id: 13 });
    expect(changesBetween(before, { ...before, line_items: [...before.line_items, added] })).toEqual([
      { field: 'line_items[13]', before: null, after: added },
    ]);
  });

  it('What differs of an appointment goes by its id', () => {
    const appointments = [
      anAppointment({ status: 'cancelled', cancel_reason: 'Rain' }),
      anAppointment({ appt_id: 22 }),
    ];
    expect(changesBetween(before, { ...before, appointments })).toEqual([
      { field: 'appointments[21].status', before: 'scheduled', after: 'cancelled' },
      { field: 'appointments[21].cancel_reason', before: null, after: 'Rain' },
    ]);
  });
});
