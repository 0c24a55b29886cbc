import { describe, expect, it } from 'vitest';
import { type LineItem, MAX_ORDER_BYTES, type Order } from '../../functions/orders/order.ts';
import { changeOf, freeId, judgeSize, statusOf, unlessStale } from '../../functions/orders/order-change.ts';
import { aLineItem, anAppointment, anEmployee, anOrder } from '../support/orders.ts';

const NOW = new Date('2026-11-05T15:00:00.000Z');
const context = { caller: anEmployee(), now: NOW, newId: () => 99 };
const order = anOrder();

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
/** An order that has so many bytes, in which notes make up what is missing. */
const orderOf = (bytes: number, given: Partial<Order> = {}): Order => {
  const bare = anOrder({ notes: '', ...given });
  return { ...bare, notes: 'x'.repeat(bytes - bytesOf(bare)) };
};

describe('a change of an order', () => {
  it.each([
    ['nothing', {}],
    ['the notes that it has', { notes: order.notes }],
    ['equal line items and appointments', { line_items: [aLineItem()], appointments: [anAppointment()] }],
  ])('A change of an order to %s is none', (_, values) => {
    expect(changeOf(order, values, context)).toBeUndefined();
  });

  it('A change of an order gives the status that its line items give it', () => {
    const line_items = [aLineItem({ completed_quantity: 10 })];
    expect(changeOf(order, { line_items }, context)?.after).toMatchObject({
      line_items,
      status: 'completed',
    });
  });

  it.each([
    [NOW, '2026-11-05T15:00:00.000Z'],
    [new Date(order.updated_at), '2026-11-02T08:00:00.001Z'],
    [new Date('2020-01-01'), '2026-11-02T08:00:00.001Z'],
  ])('A change made at %o is later than the one before it', (now, updated_at) => {
    const change = changeOf(order, { notes: 'New.' }, { ...context, now });
    expect([change?.after.updated_at, change?.history.at]).toEqual([updated_at, updated_at]);
  });
});

it('A status is that of the line items: open, in progress, or completed', () => {
  const items = (...done: number[]) =>
    done.map((completed_quantity) => aLineItem({ completed_quantity, quantity: 2 }));
  expect([[], [0, 0], [0, 1], [2, 0], [2, 2]].map((done) => statusOf(items(...done)))).toEqual([
    'open',
    'open',
    'in_progress',
    'in_progress',
    'completed',
  ]);
});

it('A free id is the first that is not taken', () => {
  const ids = [1, 2, 1, 3, 4];
  expect(freeId([1, 2], () => ids.shift() ?? 0)).toBe(3);
  expect(freeId([], () => 7)).toBe(7);
});

describe('what depends on the order', () => {
  const judge = () => [{ param: 'notes', code: 'bad', message: '' }];
  const codes = (updated_at: string | undefined) =>
    unlessStale(order, updated_at, judge).map(({ param, code }) => `${param} ${code}`);

  it('An order is judged on its present state, and when it is not known which state was seen', () => {
    expect(codes(order.updated_at)).toEqual(['notes bad']);
    expect(codes(undefined)).toEqual(['notes bad']);
  });

  it('An order is not judged on an older state, or on the same time in other words', () => {
    for (const seen of ['2026-11-01T08:00:00.000Z', '2026-11-02T08:00:00Z', '']) {
      expect(codes(seen)).toEqual(['updated_at stale']);
    }
  });
});

describe('the size of an order', () => {
  const faultsOf = (after: Order, params: object, before?: Order) =>
    judgeSize(after, params, before).map(({ param, code }) => `${param} ${code}`);

  it('An order may have 128,000 bytes as JSON, and not one more', () => {
    expect(bytesOf(orderOf(MAX_ORDER_BYTES))).toBe(128_000);
    expect(faultsOf(orderOf(MAX_ORDER_BYTES), { notes: 'x' })).toEqual([]);
    expect(faultsOf(orderOf(MAX_ORDER_BYTES + 1), { notes: 'x' })).toEqual(['notes order-too-large']);
  });

  it('The size of an order is counted in UTF-8, and not in characters', () => {
    const { notes, ...rest } = orderOf(MAX_ORDER_BYTES);
    expect(faultsOf({ ...rest, notes: `${notes.slice(2)}é` }, { notes })).toEqual([]);
    expect(faultsOf({ ...rest, notes: `${notes.slice(1)}é` }, { notes })).toEqual(['notes order-too-large']);
  });

  const appointments = [anAppointment({ cancel_reason: 'x'.repeat(200) })];

  it('An order that is too large is the fault of the parameter by which a new one grows most', () => {
    const [some, many] = [200, 128_000].map((length) => [aLineItem({ name: 'x'.repeat(length) })]) as [
      LineItem[],
      LineItem[],
    ];
    const noted = orderOf(MAX_ORDER_BYTES + 1, { line_items: some });
    expect(faultsOf(noted, { line_items: some, notes: noted.notes })).toEqual(['notes order-too-large']);
    const full = anOrder({ line_items: many, notes: 'x'.repeat(10_000) });
    const params = { notes: full.notes, line_items: many, appointment: {} };
    expect(faultsOf(full, params)).toEqual(['line_items order-too-large']);
  });

  it('An order that is too large is the fault of what adds to it, and not of what repeats what it has', () => {
    const before = orderOf(MAX_ORDER_BYTES);
    const params = {
      notes: before.notes,
      line_items: [{ name: 'x', quantity: 1 }],
      appointment: { appt_id: 21 },
    };
    const longer = { ...before, line_items: [...before.line_items, aLineItem({ name: 'x' })] };
    expect(faultsOf(longer, params, before)).toEqual(['line_items order-too-large']);
    expect(faultsOf({ ...before, appointments }, params, before)).toEqual(['appointment order-too-large']);
  });

  it('An order that is too large is the fault of what adds more than another parameter takes away', () => {
    const before = orderOf(MAX_ORDER_BYTES);
    const after = { ...before, notes: before.notes.slice(1), appointments };
    const params = { notes: after.notes, appointment: { appt_id: 21 } };
    expect(faultsOf(after, params, before)).toEqual(['appointment order-too-large']);
  });

  describe('that release 0.2 has let be larger', () => {
    const before = orderOf(300_000);
    const changed = (notes: string, given: Partial<Order> = {}) => ({ ...before, ...given, notes });
    const { notes } = before;

    it('An order that release 0.2 has let be larger may shrink bit by bit, and stay as it is', () => {
      expect(faultsOf(changed(notes.slice(1)), { notes: 'x' }, before)).toEqual([]);
      expect(faultsOf(changed(`${notes.slice(1)}y`), { notes: 'x' }, before)).toEqual([]);
    });

    it('An order that release 0.2 has let be larger may get what it needs as long as something else makes room for it', () => {
      const line_items = [
        aLineItem({ completed_quantity: 10, completed_date: '2026-11-05', completed_by: 'Anna' }),
      ];
      const params = { notes: 'x', line_items };
      expect(faultsOf(changed(notes, { line_items }), params, before)).toEqual([
        'line_items order-too-large',
      ]);
      expect(faultsOf(changed(notes.slice(100), { line_items }), params, before)).toEqual([]);
    });

    it('An order that release 0.2 has let be larger may not grow, and is told how large it may be', () => {
      const [fault, ...more] = judgeSize(changed(`${notes}y`), { notes: 'x' }, before);
      expect(more).toEqual([]);
      expect(fault).toEqual({
        param: 'notes',
        code: 'order-too-large',
        message: 'notes would make the order larger than 300,000 bytes as JSON.',
      });
    });

    it('An order that release 0.2 has let be larger has the limit of all others once it is within it', () => {
      expect(faultsOf(orderOf(128_001), { notes: 'x' }, orderOf(127_999))).toEqual(['notes order-too-large']);
    });
  });

  it('The size of an order is the fault of order_id where no parameter is named like a part of it', () => {
    const before = orderOf(MAX_ORDER_BYTES);
    const after = { ...before, appointments: [...before.appointments, anAppointment({ appt_id: 22 })] };
    const params = { order_id: 1, scheduled_for: '2026-12-01T09:00:00Z' };
    expect(faultsOf(after, params, before)).toEqual(['order_id order-too-large']);
    expect(judgeSize(after, params, before)[0]?.message).toBe(
      'order_id is of an order that would be larger than 128,000 bytes as JSON.',
    );
  });
});
