import type { Block } from '../outbox/channels/email/letter.ts';
import type { Appointment, Order, OrderStatus } from './order.ts';

/** The most entries of a list in an e-mail: mail clients cut off those that are long (Gmail at 102 KB of HTML). */
const MOST_LISTED = 20;

const STATUSES: Record<OrderStatus, string> = {
  open: 'open, nothing done yet',
  in_progress: 'in progress',
  completed: 'completed',
};

/** A status in words; one of a later release in its own. */
const statusInWords = (status: string): string =>
  new Map(Object.entries(STATUSES)).get(status) ?? status.replaceAll('_', ' ');

const inWords = (quantity: number): string => quantity.toLocaleString('en-GB');

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

const durationInWords = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [
    ...(hours > 0 ? [counted(hours, 'hour')] : []),
    ...(rest > 0 ? [counted(rest, 'minute')] : []),
  ].join(' ');
};

/** When an appointment is, and for how long if that is known: `Friday, 20 November 2026 at 09:30 UTC (1 hour)`. */
export const whenInWords = ({ scheduled_for, duration_minutes }: Appointment): string => {
  const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
  const duration = duration_minutes === null ? '' : ` (${durationInWords(duration_minutes)})`;
  return `${time.format(new Date(scheduled_for))} UTC${duration}`;
};

/** The first of a list's entries, and words for how many more there are. */
const listed = <Entry>(entries: readonly Entry[], toBlock: (entries: readonly Entry[]) => Block): Block[] => {
  const more = entries.length - MOST_LISTED;
  return [
    toBlock(entries.slice(0, MOST_LISTED)),
    ...(more > 0 ? [{ paragraph: [`… and ${more} more.`] }] : []),
  ];
};

/** The appointments that are to come, soonest first; the order's own time tells what has passed. */
const toCome = ({ appointments, updated_at }: Pick<Order, 'appointments' | 'updated_at'>): Appointment[] =>
  appointments
    .filter(({ status, scheduled_for }) => status !== 'cancelled' && scheduled_for >= updated_at)
    .sort((one, other) => Date.parse(one.scheduled_for) - Date.parse(other.scheduled_for));

/** How an order stands: its status, how much of each line item is done, and when somebody comes. */
export const standingOf = (order: Omit<Order, 'order_id'>): Block[] => {
  const appointments = toCome(order);
  return [
    { heading: 'Where your order stands' },
    { paragraph: ['Status: ', { strong: statusInWords(order.status) }] },
    ...(order.line_items.length === 0
      ? []
      : listed(order.line_items, (items) => ({
          table: items.map(({ name, quantity, completed_quantity }) => ({
            given: name,
            is: `${inWords(completed_quantity)} of ${inWords(quantity)} done`,
          })),
        }))),
    ...(appointments.length === 0
      ? [{ paragraph: ['No appointment is scheduled.'] }]
      : [
          { paragraph: ['Scheduled:'] },
          ...listed(appointments, (some) => ({ list: some.map((one) => [whenInWords(one)]) })),
        ]),
  ];
};
