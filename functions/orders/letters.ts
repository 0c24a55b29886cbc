import type { Block } from '../outbox/channels/email/letter.ts';
import { type EmailContent, type EmailKind, rendered } from '../outbox/email.ts';
import type { Appointment, Order } from './order.ts';
import { standingOf, whenInWords } from './order-state.ts';
import type { OrderUpdate } from './order-update.ts';

/** An order, or one that there would be: it has no id yet, and is named without. */
type Named = Omit<Order, 'order_id'> & { order_id: number | undefined };

/** The number after the word by which a letter calls an order. */
const numberOf = ({ order_id }: Named): string => (order_id === undefined ? '' : ` ${order_id}`);

/** An e-mail about an order: what is new, and then how the order stands. */
const orderEmail = (kind: EmailKind, order: Named, news: string, changes: readonly Block[]): EmailContent =>
  rendered(kind, {
    subject: `Order${numberOf(order)}: ${news}`,
    blocks: [{ paragraph: ['Hello,'] }, ...changes, ...standingOf(order)],
  });

const cancellation = ({ order_id }: Order, appointment: Appointment): Block[] => [
  {
    paragraph: [
      'The appointment on ',
      { strong: whenInWords(appointment) },
      ` for your order ${order_id} has been cancelled.`,
    ],
  },
  ...(appointment.cancel_reason ? [{ label: 'Reason', given: appointment.cancel_reason }] : []),
  ...(appointment.cancel_note ? [{ label: 'Note', given: appointment.cancel_note }] : []),
];

const completion = ({ order_id }: Order): Block => ({
  paragraph: [`Everything on your order ${order_id} has been completed.`],
});

/** The e-mail that an update calls for: its appointment was cancelled, or it completed the order; one when both. */
export const emailOf = ({
  after,
  cancelled,
  completed,
}: Pick<OrderUpdate, 'after' | 'cancelled' | 'completed'>): EmailContent | undefined => {
  if (cancelled === undefined && !completed) return undefined;
  const news = [...(completed ? ['completed'] : []), ...(cancelled ? ['appointment cancelled'] : [])];
  return orderEmail(cancelled ? 'appointment-cancelled' : 'order-completed', after, news.join(' and '), [
    ...(completed ? [completion(after)] : []),
    ...(cancelled ? cancellation(after, cancelled) : []),
  ]);
};

/** The e-mail that confirms a new order. */
export const orderReceivedEmail = (order: Named): EmailContent =>
  orderEmail('order-received', order, 'received', [
    { paragraph: [`Thank you. We have received your order${numberOf(order)}.`] },
  ]);

/**
 * The e-mail about a new appointment.
 *
 * @param order as it is with the appointment
 */
export const appointmentMadeEmail = (order: Order, appointment: Appointment): EmailContent =>
  orderEmail('appointment-made', order, 'appointment made', [
    {
      paragraph: [
        `An appointment for your order ${order.order_id} has been made: we will come on `,
        { strong: whenInWords(appointment) },
        '.',
      ],
    },
  ]);

/**
 * The e-mail about an appointment that is at another time, or takes longer or shorter.
 *
 * @param order as it is with the appointment moved
 * @param before the appointment as it was
 * @param after the same appointment as it is now
 */
export const appointmentMovedEmail = (order: Order, before: Appointment, after: Appointment): EmailContent =>
  orderEmail('appointment-moved', order, 'appointment moved', [
    { paragraph: [`The appointment for your order ${order.order_id} has been moved.`] },
    {
      list: [
        ['Before: ', whenInWords(before)],
        ['Now: ', { strong: whenInWords(after) }],
      ],
    },
  ]);
