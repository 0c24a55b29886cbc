import { describe, expect, it } from 'vitest';
import type { Order } from '../../functions/orders/order.ts';
import { applyUpdate } from '../../functions/orders/order-update.ts';
import type { OrderChanges } from '../../functions/orders/update-params.ts';
import {
  aClient,
  aLineItem,
  anApplication,
  anAppointment,
  anEmployee,
  anOrder,
  someChanges,
} from '../support/orders.ts';

const NOW = new Date('2026-11-05T15:00:00.000Z');
const order = anOrder({ appointments: [anAppointment(), anAppointment({ appt_id: 22 })] });

const update = (changes: Partial<OrderChanges>, of: Order = order, now = NOW, caller = anEmployee()) =>
  applyUpdate(of, someChanges(changes), { caller, now, newId: () => 99 });
const completed = (completed_quantity: number) => ({
  line_items: [{ line_item_id: 11, completed_quantity }],
});

describe('an update that changes nothing', () => {
  it.each<[string, Partial<OrderChanges>]>([
    ['nothing is given', {}],
    ['the same notes', { notes: 'Ring twice.' }],
    ['an empty list', { line_items: [] }],
    ['an item by its id alone', { line_items: [{ line_item_id: 11 }] }],
    ['what the item is already', { line_items: [{ line_item_id: 11, quantity: 10, completed_quantity: 0 }] }],
    ['another appointment', { appointment: { appt_id: 22 } }],
  ])('An update changes nothing when it gives what there is: %s', (_, changes) => {
    expect(update(changes)).toBeUndefined();
  });

  it('An update changes nothing when it gives the date and the name that there are', () => {
    const done = { completed_quantity: 1, completed_date: '2026-11-01', completed_by: 'Anna' };
    const dated = anOrder({ line_items: [aLineItem(done)] });
    expect(update({ line_items: [{ line_item_id: 11, ...done }] }, dated)).toBeUndefined();
  });
});

describe('notes', () => {
  it('Notes are replaced, and cleared by empty ones', () => {
    expect(update({ notes: 'New.' })?.after).toEqual({
      ...order,
      notes: 'New.',
      updated_at: NOW.toISOString(),
    });
    expect(update({ notes: '' })?.after.notes).toBe('');
  });

  it('Notes stay as they are when they are not given', () => {
    expect(update(completed(1))?.after.notes).toBe('Ring twice.');
  });
});

describe('a cancellation', () => {
  const given = { appt_id: 21, cancel_reason: 'Rain', cancel_note: 'Call us.' };
  const cancelled = anAppointment({
    status: 'cancelled',
    cancel_reason: 'Rain',
    cancel_note: 'Call us.',
    cancelled_at: NOW.toISOString(),
    cancelled_by: 'Emil Employee',
  });

  it('A cancellation says why, when and by whom, and leaves other appointments', () => {
    const result = update({ appointment: given });
    expect(result?.after.appointments).toEqual([cancelled, anAppointment({ appt_id: 22 })]);
    expect(result?.cancelled).toEqual(cancelled);
  });

  it('A cancellation needs no note', () => {
    const result = update({ appointment: { appt_id: 21, cancel_reason: 'Rain' } });
    expect(result?.cancelled).toEqual({ ...cancelled, cancel_note: null });
  });

  it('Nothing is cancelled without a reason', () => {
    expect(update({ notes: 'New.' })?.cancelled).toBeUndefined();
  });
});

describe('the status', () => {
  const two = (...done: [number, number]) =>
    anOrder({
      line_items: done.map((completed_quantity, at) =>
        aLineItem({ line_item_id: 11 + at, completed_quantity }),
      ),
    });

  it.each([
    ['open', two(1, 0), 0, 'open', false],
    ['in progress', two(0, 0), 1, 'in_progress', false],
    ['in progress while one item is not completed', two(0, 9), 10, 'in_progress', false],
    ['completed with the last item', two(9, 10), 10, 'completed', true],
    ['in progress again', two(10, 10), 9, 'in_progress', false],
  ])('An order is %s after an update of its items', (_, of, completed_quantity, status, isCompleted) => {
    const result = update(completed(completed_quantity), of);
    expect(result?.after.status).toBe(status);
    expect(result?.completed).toBe(isCompleted);
  });

  it('A completed order is in progress again with an addition', () => {
    const result = update({ line_items: [{ name: 'Roof', quantity: 1 }] }, two(10, 10));
    expect(result?.after.status).toBe('in_progress');
  });

  it('An order becomes completed once: an update of a completed order does not complete it', () => {
    const result = update({ notes: 'New.' }, two(10, 10));
    expect(result?.after.status).toBe('completed');
    expect(result?.completed).toBe(false);
  });

  it('An order without items is open', () => {
    expect(update({ notes: 'New.' }, anOrder({ line_items: [] }))?.after.status).toBe('open');
  });
});

describe('updated_at', () => {
  it.each([
    ['the time of the change', '2026-11-05T15:00:00.000Z', '2026-11-05T15:00:00.000Z'],
    ['later when the clock stands still', '2026-11-02T08:00:00.000Z', '2026-11-02T08:00:00.001Z'],
    ['later when the clock goes back', '2026-11-01T00:00:00.000Z', '2026-11-02T08:00:00.001Z'],
  ])('The updated_at of an order is %s', (_, now, updated_at) => {
    const result = update({ notes: 'New.' }, order, new Date(now));
    expect(result?.after.updated_at).toBe(updated_at);
    expect(result?.history.at).toBe(updated_at);
  });
});

describe('the history of an update', () => {
  it('The history of an update says who changed what', () => {
    const result = update({ notes: 'New.', ...completed(10) });
    expect(result?.before).toBe(order);
    expect(result?.history).toEqual({
      order_id: 1,
      at: NOW.toISOString(),
      by: { token: 'session', id: 31, name: 'Emil Employee' },
      changes: [
        { field: 'status', before: 'open', after: 'completed' },
        { field: 'notes', before: 'Ring twice.', after: 'New.' },
        { field: 'line_items[11].completed_quantity', before: 0, after: 10 },
        { field: 'line_items[11].completed_date', before: null, after: '2026-11-05' },
        { field: 'line_items[11].completed_by', before: null, after: 'Emil Employee' },
      ],
    });
  });

  it.each([
    ['session', aClient()],
    ['application', anApplication()],
  ])('The history of an update names the caller by its kind of token: %s', (token, caller) => {
    const { id, name } = caller;
    expect(update({ notes: 'New.' }, order, NOW, caller)?.history.by).toEqual({ token, id, name });
  });
});
