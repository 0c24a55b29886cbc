import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../functions/orders/history.ts';
import { type Order, orderView } from '../../functions/orders/order.ts';
import {
  applyUpdate,
  judgeChanges,
  judgeUpdate,
  type OrderUpdate,
} from '../../functions/orders/order-update.ts';
import type { OrderChanges } from '../../functions/orders/update-params.ts';
import { callers, changesOf, orders } from '../support/orders.ts';

/** From before the orders' own times to after them: a clock can be behind the one that made the last change. */
const clocks = fc.date({ min: new Date('2019-06-01'), max: new Date('2027-01-01'), noInvalidDate: true });

/** An order, changes of it, and who makes them when. */
const cases = orders.chain((order) =>
  fc.record({
    order: fc.constant(order),
    changes: changesOf(order),
    caller: callers,
    now: clocks,
    firstId: fc.integer({ min: 1, max: 1e15 }),
  }),
);
type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

const isSound = (order: Order, changes: OrderChanges, { caller, now }: Case): boolean =>
  judgeUpdate(order, changes, caller).length + judgeChanges(changes, caller, now).length === 0;

const apply = (order: Order, changes: OrderChanges, { caller, now, firstId }: Case) => {
  let id = firstId;
  return applyUpdate(order, changes, { caller, now, newId: () => id++ });
};

/** Checks what holds of every update that was judged to have no fault. */
const holds = (check: (update: OrderUpdate, given: Case) => void): void =>
  fc.assert(
    fc.property(cases, (given) => {
      fc.pre(isSound(given.order, given.changes, given));
      const update = apply(given.order, given.changes, given);
      fc.pre(update !== undefined);
      check(update, given);
    }),
    { numRuns: 300 },
  );

const NAMED = /^(line_items|appointments)\[(\d+)\](?:\.(.+))?$/;

/** The order after what its history says was changed. */
const replayed = (order: Order, { at, changes }: HistoryEntry): Order => {
  const result: Record<string, unknown> = { ...structuredClone(order), updated_at: at };
  for (const { field, before, after } of changes) {
    const [, list = '', id = '', name] = NAMED.exec(field) ?? [];
    const elements = (result[list] ?? []) as Record<string, unknown>[];
    const element = elements.find(({ line_item_id, appt_id }) => (line_item_id ?? appt_id) === Number(id));
    const [target, key] = list === '' ? [result, field] : [element, name];
    if (target === undefined || key === undefined) {
      expect([target, key, before]).toEqual([undefined, undefined, null]);
      elements.push(after as Record<string, unknown>);
    } else {
      expect(target[key]).toEqual(before);
      target[key] = after;
    }
  }
  return result as unknown as Order;
};

describe('an update without a fault', () => {
  it('An update gives an order that fits its schema, with no more completed than there is and ids that differ', () => {
    holds(({ after }) => {
      expect(orderView.parse(after)).toEqual(after);
      for (const { quantity, completed_quantity } of after.line_items) {
        expect(completed_quantity).toBeGreaterThanOrEqual(0);
        expect(completed_quantity).toBeLessThanOrEqual(quantity);
        expect(completed_quantity).not.toBe(-0);
      }
      const ids = after.line_items.map(({ line_item_id }) => line_item_id);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it('An update is strictly later, and leaves whose the order is and since when', () => {
    holds(({ before, after }) => {
      expect(Date.parse(after.updated_at)).toBeGreaterThan(Date.parse(before.updated_at));
      const { order_id, client_id, created_at } = before;
      expect(after).toMatchObject({ order_id, client_id, created_at });
    });
  });

  it('An update leaves what it does not name, and the state that it was given', () => {
    holds(({ before, after }, { order, changes, ...rest }) => {
      const untouched = structuredClone(order);
      apply(order, changes, { order, changes, ...rest });
      expect(order).toEqual(untouched);
      const named = new Set(
        (changes.line_items ?? []).map((item) => 'line_item_id' in item && item.line_item_id),
      );
      before.line_items.forEach((item, at) => {
        if (!named.has(item.line_item_id)) expect(after.line_items[at]).toEqual(item);
      });
      before.appointments.forEach((appointment, at) => {
        if (appointment.appt_id !== changes.appointment.appt_id)
          expect(after.appointments[at]).toEqual(appointment);
      });
    });
  });

  it('An update leaves no date and no name to an item that it names and of which nothing is completed', () => {
    holds(({ before, after }, { changes }) => {
      const named = (changes.line_items ?? []).flatMap((item) =>
        'line_item_id' in item ? [item.line_item_id] : [],
      );
      const untouched = before.line_items
        .map(({ line_item_id }) => line_item_id)
        .filter((id) => !named.includes(id));
      for (const item of after.line_items.filter(({ line_item_id }) => !untouched.includes(line_item_id))) {
        if (item.completed_quantity > 0) continue;
        expect(item).toMatchObject({ completed_date: null, completed_by: null });
      }
    });
  });

  it('An update gives every value that was asked for', () => {
    holds(({ after }, { changes }) => {
      if (changes.notes !== undefined) expect(after.notes).toBe(changes.notes);
      for (const item of changes.line_items ?? []) {
        if (!('line_item_id' in item)) continue;
        expect(after.line_items).toContainEqual(expect.objectContaining(item));
      }
    });
  });

  it('The history of an update leads from before to after', () => {
    holds(({ before, after, history }) => {
      expect(history.changes.length).toBeGreaterThan(0);
      expect(replayed(before, history)).toEqual(after);
    });
  });

  it('An update does nothing when it is made again', () => {
    holds(({ after }, given) => {
      const line_items = (given.changes.line_items ?? []).filter((item) => 'line_item_id' in item);
      const { appt_id } = given.changes.appointment;
      const again = { ...given.changes, line_items, appointment: { appt_id }, updated_at: after.updated_at };
      expect(isSound(after, again, given)).toBe(true);
      expect(apply(after, again, given)).toBeUndefined();
    });
  });

  it('An update cannot be made again on the state that it was based on', () => {
    holds(({ after }, { changes, caller }) => {
      expect(judgeUpdate(after, changes, caller).map(({ code }) => code)).toEqual(['stale']);
    });
  });
});
