import { describe, expect, it } from 'vitest';
import { makeOrder } from '../../functions/orders/order-creation.ts';
import { anEmployee } from '../support/orders.ts';

const NOW = new Date('2026-11-05T15:00:00.000Z');
const at = NOW.toISOString();
/** Makes an order, with ids from 1 unless said otherwise. */
const made = (params: Partial<Parameters<typeof makeOrder>[0]> = {}, ids = [1, 2, 3, 4, 5]) =>
  makeOrder({ line_items: [{ name: 'Windows', quantity: 4 }], ...params }, 5, {
    caller: anEmployee(),
    now: NOW,
    newId: () => ids.shift() ?? 0,
  });

describe('a new order', () => {
  it('A new order is open, of now, and has its items with nothing completed', () => {
    const { order } = made({ notes: 'Ring twice.', line_items: [{ name: 'Windows', quantity: 4 }] });
    expect(order).toEqual({
      order_id: 1,
      client_id: 5,
      reference: null,
      status: 'open',
      notes: 'Ring twice.',
      created_at: at,
      updated_at: at,
      line_items: [
        {
          line_item_id: 2,
          name: 'Windows',
          quantity: 4,
          completed_quantity: 0,
          completed_date: null,
          completed_by: null,
        },
      ],
      appointments: [],
    });
  });

  it('A new order without notes has empty ones, and no change of them in its history', () => {
    const { order, history } = made();
    expect(order.notes).toBe('');
    expect(history.changes.map(({ field }) => field)).toEqual(['line_items[2]']);
  });

  it('A new order can have an appointment, which has an id of its own', () => {
    const appointment = { scheduled_for: '2026-12-01T09:00:00.000Z', duration_minutes: 45 };
    const { order, history } = made({ appointment });
    expect(order.appointments).toMatchObject([{ appt_id: 3, status: 'scheduled', ...appointment }]);
    expect(history.changes.map(({ field }) => field)).toEqual(['line_items[2]', 'appointments[3]']);
  });

  it('Two items of a new order never have the same id, whatever comes up', () => {
    const item = { name: 'Windows', quantity: 1 };
    const { order } = made({ line_items: [item, item] }, [1, 2, 2, 7]);
    expect(order.line_items.map(({ line_item_id }) => line_item_id)).toEqual([2, 7]);
  });

  it('The history of an order begins with what it was made of, by whom and when', () => {
    const { order, history } = made({ notes: 'Ring twice.' });
    expect(history).toEqual({
      order_id: 1,
      at,
      by: { token: 'session', id: 31, name: 'Emil Employee' },
      changes: [
        { field: 'notes', before: '', after: 'Ring twice.' },
        { field: 'line_items[2]', before: null, after: order.line_items[0] },
      ],
    });
  });
});
