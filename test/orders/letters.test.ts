import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { welcomeEmail } from '../../functions/clients/letters.ts';
import {
  appointmentMadeEmail,
  appointmentMovedEmail,
  emailOf,
  orderReceivedEmail,
} from '../../functions/orders/letters.ts';
import { applyUpdate } from '../../functions/orders/order-update.ts';
import type { OrderChanges } from '../../functions/orders/update-params.ts';
import type { EmailContent } from '../../functions/outbox/email.ts';
import {
  aLineItem,
  anAppointment,
  anEmployee,
  anOrder,
  changesOf,
  orders,
  someChanges,
} from '../support/orders.ts';

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

/** Expects an e-mail to say all of that, as plain text and as HTML. */
const expectToSay = (email: EmailContent | undefined, facts: string[]) => {
  for (const fact of facts) {
    expect(email?.text).toContain(fact);
    expect(email?.html).toContain(fact);
  }
};
const expectNotToSay = (email: EmailContent | undefined, fact: string) => {
  expect(email).toBeDefined();
  expect(`${email?.text}${email?.html}`).not.toContain(fact);
};

describe('an e-mail about an update', () => {
  it('An e-mail about a cancellation says which appointment, why and what was noted', () => {
    const email = emailAbout(cancelling);
    expect(email).toMatchObject({
      kind: 'appointment-cancelled',
      subject: 'Order 4711: appointment cancelled',
    });
    expectToSay(email, ['order 4711', 'Friday', '20 November 2026', '09:30 UTC (1 hour)']);
    expectToSay(email, ['Rain', 'We call you.', 'in progress', '9 of 10 done', '2 of 2 done']);
    expectNotToSay(email, 'completed');
  });

  it('An e-mail about a cancellation has no note where none was given', () => {
    expectNotToSay(emailAbout({ appointment: { appt_id: 21, cancel_reason: 'Rain' } }), 'Note');
    expectNotToSay(
      emailAbout({ appointment: { appt_id: 21, cancel_reason: 'Rain', cancel_note: '' } }),
      'Note',
    );
  });

  it('An e-mail about a completed order says what was done', () => {
    const email = emailAbout(completing);
    expect(email).toMatchObject({ kind: 'order-completed', subject: 'Order 4711: completed' });
    expectToSay(email, ['order 4711', 'completed', '10 of 10 done', '2 of 2 done']);
    expect(email?.text).toContain('- Windows: 10 of 10 done');
    expectNotToSay(email, 'cancelled');
  });

  it('An update that cancels an appointment and completes its order is one e-mail', () => {
    const email = emailAbout({ ...cancelling, ...completing });
    expect(email).toMatchObject({
      kind: 'appointment-cancelled',
      subject: 'Order 4711: completed and appointment cancelled',
    });
    expectToSay(email, ['Rain', '10 of 10 done', 'No appointment is scheduled.']);
  });

  it.each<[string, Partial<OrderChanges>]>([
    ['notes', { notes: 'New.' }],
    ['something completed', { line_items: [{ line_item_id: 12, completed_quantity: 1 }] }],
    ['an addition', { line_items: [{ name: 'Roof', quantity: 1 }] }],
  ])('No e-mail is sent about %s', (_, changes) => {
    expect(applyUpdate(order, someChanges(changes), context)).toBeDefined();
    expect(emailAbout(changes)).toBeUndefined();
  });

  it('No e-mail is sent again about an order that was completed before', () => {
    const done = anOrder({ line_items: [aLineItem({ completed_quantity: 10 })] });
    expect(emailAbout({ notes: 'New.' }, done)).toBeUndefined();
  });

  it('No e-mail ever says undefined, null or NaN', () => {
    const cases = orders.chain((any) => fc.record({ any: fc.constant(any), changes: changesOf(any) }));
    const unsaid = /undefined|null|NaN|Invalid/;
    fc.assert(
      fc.property(cases, ({ any, changes }) => {
        const email = emailAbout(changes, any);
        fc.pre(email !== undefined);
        const names = any.line_items.map(({ name }) => name);
        fc.pre(!unsaid.test([...names, JSON.stringify(changes)].join()));
        expect(`${email.subject}${email.text}${email.html}`).not.toMatch(unsaid);
      }),
    );
  });
});

describe('an e-mail about an appointment', () => {
  const before = anAppointment({ duration_minutes: null });
  const after = anAppointment({ scheduled_for: '2026-12-04T13:05:00.000Z', duration_minutes: 95 });
  const moved = { ...order, appointments: [after] };

  it('An e-mail about a new appointment says when and for how long it is', () => {
    const email = appointmentMadeEmail(moved, after);
    expect(email).toMatchObject({ kind: 'appointment-made', subject: 'Order 4711: appointment made' });
    expectToSay(email, ['order 4711', '4 December 2026 at 13:05 UTC (1 hour 35 minutes)', '9 of 10 done']);
  });

  it('An e-mail about a moved appointment says from when to when', () => {
    const email = appointmentMovedEmail(moved, before, after);
    expect(email).toMatchObject({ kind: 'appointment-moved', subject: 'Order 4711: appointment moved' });
    expectToSay(email, ['order 4711', '9 of 10 done']);
    expect(email.text).toMatch(/Before: .*20 November 2026 at 09:30 UTC\n/);
    expect(email.text).toMatch(/Now: .*4 December 2026 at 13:05 UTC \(1 hour 35 minutes\)\n/);
  });

  it.each([
    [1, '1 minute'],
    [60, '1 hour'],
    [121, '2 hours 1 minute'],
    [1_440, '24 hours'],
  ])('An e-mail says %d minutes as %s', (duration_minutes, words) => {
    expectToSay(appointmentMadeEmail(order, anAppointment({ duration_minutes })), [`UTC (${words})`]);
  });
});

it('An e-mail about a new order says what was ordered', () => {
  const email = orderReceivedEmail(anOrder({ order_id: 7, line_items: [aLineItem({ quantity: 1_200 })] }));
  expect(email).toMatchObject({ kind: 'order-received', subject: 'Order 7: received' });
  expectToSay(email, ['order 7', 'open, nothing done yet', 'Windows', '0 of 1,200 done', '20 November 2026']);
});

it.each(['Claim it at https://evil.example', 'evil.example', 'ada@evil.example'])(
  'An e-mail that greets a client carries no address that is passed off as a name: %s',
  (name) => {
    const email = welcomeEmail(name);
    expect(email.text + email.html).not.toContain('evil');
    expect(email.text).toContain('Hello,');
  },
);

it('An e-mail that greets a client calls it by its name', () => {
  const email = welcomeEmail('Ada');
  expect(email).toMatchObject({ kind: 'welcome', subject: 'Welcome to Plano' });
  expect(email.text).toContain('Hello Ada,');
  expect(email.html).toContain('Ada');
});
