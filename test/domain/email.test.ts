import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderChanges } from '../../functions/contract/order-changes.ts';
import { emailOf } from '../../functions/domain/email.ts';
import { applyUpdate } from '../../functions/domain/order-update.ts';
import { aLineItem, anEmployee, anOrder, changesOf, orders, someChanges } from '../support/orders.ts';

let lastId = 99;
const context = {
  caller: anEmployee(),
  now: new Date('2026-11-05T15:00:00.000Z'),
  newId: () => ++lastId,
};
const order = anOrder({
  order_id: 4711,
  line_items: [
    aLineItem({ completed_quantity: 9 }),
    aLineItem({ line_item_id: 12, name: 'Doors', quantity: 2, completed_quantity: 2 }),
  ],
});
const emailAbout = (changes: Partial<OrderChanges>, of = order) => {
  const update = applyUpdate(of, someChanges(changes), context);
  return update && emailOf(update);
};

const cancelling = { appointment: { appt_id: 21, cancel_reason: 'Rain', cancel_note: 'We call you.' } };
const completing = { line_items: [{ line_item_id: 11, completed_quantity: 10 }] };

describe('an e-mail', () => {
  it('about a cancelled appointment says which, why and what was noted', () => {
    const email = emailAbout(cancelling);
    expect(email).toMatchObject({
      kind: 'appointment-cancelled',
      subject: 'Order 4711: appointment cancelled',
    });
    for (const fact of ['order 4711', 'Friday', '20 November 2026', '09:30', 'UTC', 'Rain', 'We call you.'])
      expect(email?.text).toContain(fact);
    expect(email?.text).not.toContain('completed');
  });

  it('has no note where none was given', () => {
    expect(emailAbout({ appointment: { appt_id: 21, cancel_reason: 'Rain' } })?.text).not.toContain('Note');
    expect(
      emailAbout({ appointment: { appt_id: 21, cancel_reason: 'Rain', cancel_note: '' } })?.text,
    ).not.toContain('Note');
  });

  it('about a completed order says what was done', () => {
    const email = emailAbout(completing);
    expect(email).toMatchObject({ kind: 'order-completed', subject: 'Order 4711: completed' });
    for (const fact of ['order 4711', 'Windows: 10 of 10', 'Doors: 2 of 2'])
      expect(email?.text).toContain(fact);
    expect(email?.text).not.toContain('cancelled');
  });

  it('about both is one', () => {
    const email = emailAbout({ ...cancelling, ...completing });
    expect(email).toMatchObject({
      kind: 'appointment-cancelled',
      subject: 'Order 4711: appointment cancelled and completed',
    });
    for (const fact of ['Rain', 'Windows: 10 of 10']) expect(email?.text).toContain(fact);
  });

  it.each<[string, Partial<OrderChanges>]>([
    ['notes', { notes: 'New.' }],
    ['something completed', { line_items: [{ line_item_id: 12, completed_quantity: 1 }] }],
    ['an addition', { line_items: [{ name: 'Roof', quantity: 1 }] }],
  ])('is not sent about %s', (_, changes) => {
    expect(applyUpdate(order, someChanges(changes), context)).toBeDefined();
    expect(emailAbout(changes)).toBeUndefined();
  });

  it('is not sent again about an order that was completed before', () => {
    const done = anOrder({ line_items: [aLineItem({ completed_quantity: 10 })] });
    expect(emailAbout({ notes: 'New.' }, done)).toBeUndefined();
  });

  it('never says undefined, null or NaN', () => {
    const cases = orders.chain((any) => fc.record({ any: fc.constant(any), changes: changesOf(any) }));
    const unsaid = /undefined|null|NaN|Invalid/;
    fc.assert(
      fc.property(cases, ({ any, changes }) => {
        const email = emailAbout(changes, any);
        fc.pre(email !== undefined);
        const names = any.line_items.map(({ name }) => name);
        fc.pre(!unsaid.test([...names, JSON.stringify(changes)].join()));
        expect(`${email.subject}${email.text}`).not.toMatch(unsaid);
      }),
    );
  });
});
