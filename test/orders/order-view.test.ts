import { describe, expect, it } from 'vitest';
import { orderView } from '../../functions/orders/order.ts';
import { viewOfHistoryEntry, viewOfOrder } from '../../functions/orders/order-view.ts';
import { aLineItem, anAppointment, anOrder } from '../support/orders.ts';

/** With something of another release, which no client knows. */
const kept = <Value extends object>(value: Value): Value => ({ ...value, priority: 1 });

describe('an order as clients see it', () => {
  const order = anOrder({
    line_items: [
      aLineItem({ completed_quantity: 4, completed_date: '2026-11-01', completed_by: 'Anna' }),
      aLineItem({ line_item_id: 12, name: 'Doors' }),
    ],
    appointments: [
      anAppointment({
        status: 'cancelled',
        cancel_reason: 'Rain',
        cancel_note: 'All day.',
        cancelled_at: '2026-11-02T08:00:00.000Z',
        cancelled_by: 'Emil Employee',
      }),
      anAppointment({ appt_id: 22, duration_minutes: null }),
    ],
  });

  it('An order is shown whole, with each of its items and appointments', () => {
    expect(viewOfOrder(order)).toEqual(order);
    expect(orderView.parse(viewOfOrder(order))).toEqual(order);
  });

  it('An order shows nothing that another release keeps with it, its items or its appointments', () => {
    const stored = kept({
      ...order,
      line_items: order.line_items.map(kept),
      appointments: order.appointments.map(kept),
    });
    expect(viewOfOrder(stored)).toEqual(order);
  });
});

describe('an entry of the history as clients see it', () => {
  const by = { token: 'session', id: 31, name: 'Emil Employee' };
  const entry = (before: unknown, after: unknown) =>
    viewOfHistoryEntry(
      kept({
        order_id: 1,
        at: '2026-11-05T15:00:00.000Z',
        by: kept(by),
        changes: [{ field: 'f', before, after }],
      }),
    );

  it('An entry says when, who and what, and not of which order, which was asked for', () => {
    expect(entry('old', 7)).toEqual({
      at: '2026-11-05T15:00:00.000Z',
      by,
      changes: [{ field: 'f', before: 'old', after: 7 }],
    });
  });

  it('An item or an appointment that was added is shown as it is seen elsewhere', () => {
    expect(entry(null, kept(aLineItem())).changes).toEqual([
      { field: 'f', before: null, after: aLineItem() },
    ]);
    expect(entry(null, kept(anAppointment())).changes).toEqual([
      { field: 'f', before: null, after: anAppointment() },
    ]);
    expect(entry(kept(aLineItem()), null).changes).toEqual([
      { field: 'f', before: aLineItem(), after: null },
    ]);
  });

  it('A value of another release is shown as it was kept', () => {
    for (const value of [{ colour: 'red' }, ['red'], true]) {
      expect(entry(value, null).changes).toEqual([{ field: 'f', before: value, after: null }]);
    }
  });
});

describe('what fits the contract of an order', () => {
  const fits = (value: unknown): boolean => orderView.safeParse(value).success;
  const order = anOrder();
  const [item, appointment] = [aLineItem(), anAppointment()];

  it.each(Object.keys(order))('An order that is shown has its %s', (name) => {
    const { [name as keyof typeof order]: _, ...rest } = order;
    expect(fits(rest)).toBe(false);
    expect(fits({ ...order, [name]: undefined })).toBe(false);
  });

  it.each(Object.keys(item))('A line item that is shown has its %s', (name) => {
    const { [name as keyof typeof item]: _, ...rest } = item;
    expect(fits({ ...order, line_items: [rest] })).toBe(false);
  });

  it.each(Object.keys(appointment))('An appointment that is shown has its %s', (name) => {
    const { [name as keyof typeof appointment]: _, ...rest } = appointment;
    expect(fits({ ...order, appointments: [rest] })).toBe(false);
  });

  it('Nothing more than the contract says is shown of an order', () => {
    expect(fits(order)).toBe(true);
    expect(fits(kept(order))).toBe(false);
    expect(fits({ ...order, line_items: [kept(item)] })).toBe(false);
    expect(fits({ ...order, appointments: [kept(appointment)] })).toBe(false);
  });

  it('What has not happened is null: a completion, a cancellation, a duration', () => {
    const done = { completed_date: '2026-11-01', completed_by: 'Anna' };
    const cancelled = {
      duration_minutes: null,
      cancel_reason: 'Rain',
      cancel_note: 'All day.',
      cancelled_at: '2026-11-02T08:00:00.000Z',
      cancelled_by: 'Emil Employee',
    };
    const given = { line_items: [{ ...item, ...done }], appointments: [{ ...appointment, ...cancelled }] };
    expect(fits({ ...order, ...given })).toBe(true);
  });

  it('Times are in UTC to the millisecond, and a completion can be a date', () => {
    for (const time of ['2026-11-02T08:00:00Z', '2026-11-02T08:00:00.000+01:00', '2026-11-02']) {
      expect(fits({ ...order, updated_at: time })).toBe(false);
    }
    const completed = (completed_date: string) => ({ ...order, line_items: [{ ...item, completed_date }] });
    expect(
      ['2026-11-02', '2026-11-02T08:00:00.000Z', '2.11.2026'].map((date) => fits(completed(date))),
    ).toEqual([true, true, false]);
  });
});
