import { describe, expect, it } from 'vitest';
import {
  appointmentMadeEmail,
  appointmentMovedEmail,
  emailOf,
  orderReceivedEmail,
} from '../../functions/orders/letters.ts';
import type { Appointment, Order } from '../../functions/orders/order.ts';
import { aLineItem, anAppointment, anOrder } from '../support/orders.ts';

const WHEN = 'Friday, 20 November 2026 at 09:30 UTC (1 hour)';

/** The e-mail of an update after which an order is so. */
const ofUpdate = (after: Order, cancelled: Appointment | undefined, completed: boolean) =>
  emailOf({ after, cancelled, completed });
const cancelled = anAppointment({ status: 'cancelled', cancel_reason: 'Rain', cancel_note: 'All day.' });

describe('the e-mail of an update', () => {
  it('An update that cancels nothing and completes nothing is no news', () => {
    expect(ofUpdate(anOrder(), undefined, false)).toBeUndefined();
  });

  it('A client is told which appointment of which order was cancelled, why, and with which note', () => {
    const email = ofUpdate(anOrder({ appointments: [cancelled] }), cancelled, false);
    expect(email).toMatchObject({ kind: 'appointment-cancelled', subject: 'Order 1: appointment cancelled' });
    const { text = '', html = '' } = email ?? {};
    expect(text).toMatch(/^Hello,\n\n/);
    expect(text).toContain(`The appointment on ${WHEN} for your order 1 has been cancelled.`);
    expect(text).toContain('Reason:\n> Rain\n\nNote:\n> All day.');
    expect(text).not.toContain('completed');
    expect(html).toContain(`<strong>${WHEN}</strong>`);
  });

  it('A cancellation without a note, or with an empty one, says nothing of notes', () => {
    for (const cancel_note of [null, '']) {
      const text = ofUpdate(anOrder(), { ...cancelled, cancel_note }, false)?.text;
      expect(text).toContain('> Rain');
      expect(text).not.toContain('Note');
    }
    const bare = ofUpdate(anOrder(), { ...cancelled, cancel_reason: null, cancel_note: null }, false)?.text;
    expect(bare).not.toMatch(/Reason|Note|null/);
  });

  it('A client is told that everything on an order has been completed', () => {
    const order = anOrder({ line_items: [aLineItem({ completed_quantity: 10 })] });
    const email = ofUpdate(order, undefined, true);
    expect(email).toMatchObject({ kind: 'order-completed', subject: 'Order 1: completed' });
    expect(email?.text).toContain('Everything on your order 1 has been completed.');
    expect(email?.text).toContain('- Windows: 10 of 10 done');
    expect(email?.text).not.toContain('cancelled');
  });

  it('An update that completes an order and cancels an appointment is one e-mail, about both', () => {
    const email = ofUpdate(anOrder({ appointments: [cancelled] }), cancelled, true);
    expect(email).toMatchObject({
      kind: 'appointment-cancelled',
      subject: 'Order 1: completed and appointment cancelled',
    });
    expect(email?.text).toMatch(/has been completed\..*has been cancelled\./s);
  });
});

describe('the other e-mails about an order', () => {
  it('A client is told that an order was received, and how it stands', () => {
    const { kind, subject, text } = orderReceivedEmail(anOrder());
    expect([kind, subject]).toEqual(['order-received', 'Order 1: received']);
    expect(text).toContain('We have received your order 1.');
    expect(text).toContain(
      `WHERE YOUR ORDER STANDS\n\nStatus: open, nothing done yet\n\n- Windows: 0 of 10 done`,
    );
    expect(text).toContain(`Scheduled:\n\n- ${WHEN}`);
  });

  it('A client is told of an appointment that was made, and when it is', () => {
    const { kind, subject, text, html } = appointmentMadeEmail(anOrder(), anAppointment());
    expect([kind, subject]).toEqual(['appointment-made', 'Order 1: appointment made']);
    expect(text).toContain(`An appointment for your order 1 has been made: we will come on ${WHEN}.`);
    expect(html).toContain(`<strong>${WHEN}</strong>.`);
  });

  it('A client is told when an appointment was and when it is now', () => {
    const after = anAppointment({ scheduled_for: '2026-12-01T00:00:00.000Z', duration_minutes: null });
    const { kind, subject, text, html } = appointmentMovedEmail(anOrder(), anAppointment(), after);
    expect([kind, subject]).toEqual(['appointment-moved', 'Order 1: appointment moved']);
    expect(text).toContain('The appointment for your order 1 has been moved.');
    expect(text).toContain(`- Before: ${WHEN}\n- Now: Tuesday, 1 December 2026 at 00:00 UTC\n`);
    expect(html).toContain('<strong>Tuesday, 1 December 2026 at 00:00 UTC</strong>');
  });
});

describe('how an order stands, in words', () => {
  const textOf = (given: Partial<Order>): string => orderReceivedEmail(anOrder(given)).text;

  it.each([
    ['open', 'open, nothing done yet'],
    ['in_progress', 'in progress'],
    ['completed', 'completed'],
    ['on_hold_for_now', 'on hold for now'],
    ['constructor', 'constructor'],
  ])('The status %s is told as “%s”, also where only a later release knows it', (status, words) => {
    expect(textOf({ status })).toContain(`Status: ${words}\n`);
  });

  it('Large numbers are grouped as people write them', () => {
    const line_items = [aLineItem({ quantity: 1_000_000, completed_quantity: 12_345 })];
    expect(textOf({ line_items })).toContain('- Windows: 12,345 of 1,000,000 done');
  });

  it.each([
    [1, '1 minute'],
    [59, '59 minutes'],
    [60, '1 hour'],
    [61, '1 hour 1 minute'],
    [90, '1 hour 30 minutes'],
    [120, '2 hours'],
    [1_440, '24 hours'],
  ])('An appointment of %i minutes is told to take %s', (duration_minutes, words) => {
    expect(textOf({ appointments: [anAppointment({ duration_minutes })] })).toContain(`UTC (${words})\n`);
  });

  it('An appointment whose duration is not known says nothing of it', () => {
    expect(textOf({ appointments: [anAppointment({ duration_minutes: null })] })).toContain('09:30 UTC\n');
  });

  it('Of many appointments the first 20 to come are listed, and how many more there are', () => {
    const some = (count: number) =>
      Array.from({ length: count }, (_, index) => anAppointment({ appt_id: index + 1 }));
    expect(textOf({ line_items: [], appointments: some(20) })).not.toContain('more.');
    const text = textOf({ line_items: [], appointments: some(22) });
    expect(text.match(/- Friday/g)).toHaveLength(20);
    expect(text).toContain('… and 2 more.');
  });

  it('An appointment at the very time of the change is to come, and one that is cancelled is not', () => {
    const updated_at = '2026-11-20T09:30:00.000Z';
    expect(textOf({ updated_at })).toContain('Friday, 20 November 2026');
    const gone = [anAppointment({ status: 'cancelled' })];
    expect(textOf({ updated_at, appointments: gone })).toContain('No appointment is scheduled.');
  });
});
