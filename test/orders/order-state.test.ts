import { describe, expect, it } from 'vitest';
import { emailOf, orderReceivedEmail } from '../../functions/orders/letters.ts';
import { aLineItem, anAppointment, anOrder } from '../support/orders.ts';

const named = (count: number, name: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => aLineItem({ line_item_id: index + 1, name: name(index) }));
const at = (appt_id: number, scheduled_for: string) => anAppointment({ appt_id, scheduled_for });

describe('the state of an order', () => {
  it('The appointments that are to come are listed, soonest first', () => {
    const { text } = orderReceivedEmail(
      anOrder({
        updated_at: '2026-11-02T08:00:00.000Z',
        appointments: [
          at(1, '2026-12-02T08:00:00.000Z'),
          at(2, '2026-11-01T08:00:00.000Z'),
          { ...at(3, '2026-11-03T08:00:00.000Z'), status: 'cancelled' },
          at(4, '2026-11-02T08:00:00.000Z'),
        ],
      }),
    );
    expect(text.match(/\d+ \w+ 2026/g)).toEqual(['2 November 2026', '2 December 2026']);
  });

  it('An e-mail says so when no appointment is scheduled', () => {
    const { text } = orderReceivedEmail(anOrder({ appointments: [at(1, '2020-01-01T00:00:00.000Z')] }));
    expect(text).toContain('No appointment is scheduled.');
  });

  it('An e-mail has no list of items where there are none', () => {
    const { text, html } = orderReceivedEmail(anOrder({ line_items: [], appointments: [] }));
    expect(text).not.toContain('done\n');
    expect(html).not.toContain('<table');
  });

  it.each([
    [20, undefined],
    [21, '… and 1 more.'],
    [100, '… and 80 more.'],
  ])('An e-mail lists the first 20 of %d items', (count, more) => {
    const { text, html } = orderReceivedEmail(anOrder({ line_items: named(count, (index) => `I${index}`) }));
    expect(text.match(/- I\d+/g)).toHaveLength(20);
    expect(html.match(/<tr/g)).toHaveLength(20);
    for (const part of [text, html]) expect(part.includes('more.')).toBe(more !== undefined);
    if (more !== undefined) expect(text).toContain(more);
  });
});

describe('the size of an e-mail', () => {
  it('An e-mail is below 10 KB for an order of 20 items', () => {
    const order = anOrder({ line_items: named(20, (index) => `Window cleaning, floor ${index}`) });
    expect(Buffer.byteLength(orderReceivedEmail(order).html)).toBeLessThan(10_000);
  });

  it.each([
    ['four bytes', '🧽'],
    ['an entity', '"'],
    ['a line of its own', 'x\n'],
  ])(
    'An e-mail is below what Gmail shows, and far below what DynamoDB takes, when each character is %s',
    (_, long) => {
      const text = (most: number) => long.repeat(most / long.replace('🧽', '.').length);
      const cancelled = {
        ...anAppointment(),
        status: 'cancelled' as const,
        cancel_reason: text(200),
        cancel_note: text(2_000),
      };
      const after = anOrder({
        line_items: named(100, () => text(200)),
        appointments: Array.from({ length: 500 }, (_, index) => at(index + 1, '2026-12-02T08:00:00.000Z')),
      });
      const email = emailOf({ after, cancelled, completed: true });
      const [html, plain] = [Buffer.byteLength(email?.html ?? ''), Buffer.byteLength(email?.text ?? '')];
      expect(html).toBeLessThan(102 * 1_024);
      expect(html + plain).toBeGreaterThan(20_000);
      expect(html + plain).toBeLessThan(200 * 1_024);
    },
  );
});
