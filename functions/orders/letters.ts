import { htmlOf } from '../outbox/channels/email/html.ts';
import type { Block, Letter } from '../outbox/channels/email/letter.ts';
import { textOf } from '../outbox/channels/email/text.ts';
import type { Appointment, Order } from './order.ts';
import { stateOf, whenInWords } from './order-state.ts';
import type { OrderUpdate } from './order-update.ts';

/** What an e-mail says; whom it goes to is looked up when it is sent. */
export interface EmailContent {
  kind:
    | 'appointment-cancelled'
    | 'appointment-made'
    | 'appointment-moved'
    | 'order-completed'
    | 'order-received'
    | 'welcome';
  /** One line, in which nothing stands that a user wrote. */
  subject: string;
  text: string;
  /** A whole document, which says what the text says. */
  html: string;
}

/** An e-mail to a client, saved with the change that causes it. */
export interface Email extends EmailContent {
  email_id: number;
  client_id: number;
  /** The order that it is about, if it is about one. */
  order_id?: number;
  request_id: string;
  created_at: string;
}

/** An e-mail to a client, ready to be saved with its change. */
export const emailTo = (
  client_id: number,
  content: EmailContent,
  {
    newId,
    requestId,
    now,
    order_id,
  }: { newId: () => number; requestId: string; now: Date; order_id?: number },
): Email => ({
  ...content,
  email_id: newId(),
  client_id,
  ...(order_id !== undefined && { order_id }),
  request_id: requestId,
  created_at: now.toISOString(),
});

type Kind = EmailContent['kind'];

const rendered = (kind: Kind, letter: Letter): EmailContent => ({
  kind,
  subject: letter.subject,
  text: textOf(letter),
  html: htmlOf(letter),
});

/** An e-mail about an order: what is new, and then how the order stands. */
const orderEmail = (kind: Kind, order: Order, news: string, changes: readonly Block[]): EmailContent =>
  rendered(kind, {
    subject: `Order ${order.order_id}: ${news}`,
    blocks: [{ paragraph: ['Hello,'] }, ...changes, ...stateOf(order)],
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
export const emailOf = ({ after, cancelled, completed }: OrderUpdate): EmailContent | undefined => {
  if (cancelled === undefined && !completed) return undefined;
  const news = [...(completed ? ['completed'] : []), ...(cancelled ? ['appointment cancelled'] : [])];
  return orderEmail(cancelled ? 'appointment-cancelled' : 'order-completed', after, news.join(' and '), [
    ...(completed ? [completion(after)] : []),
    ...(cancelled ? cancellation(after, cancelled) : []),
  ]);
};

/** The e-mail that confirms a new order. */
export const orderReceivedEmail = (order: Order): EmailContent =>
  orderEmail('order-received', order, 'received', [
    { paragraph: [`Thank you. We have received your order ${order.order_id}.`] },
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

/**
 * What looks like an address, of the web or of e-mail. Anybody can register with somebody else's e-mail address: in a name, it
 * would be theirs to advertise in an e-mail of ours.
 */
const ADVERTISES = /[:/@]|\.\p{L}/u;

/** The e-mail that greets a new client, by a name that is none but a name. */
export const welcomeEmail = (name: string): EmailContent =>
  rendered('welcome', {
    subject: 'Welcome to Plano',
    blocks: [
      { paragraph: ADVERTISES.test(name) ? ['Hello,'] : ['Hello ', { given: name }, ','] },
      { paragraph: ['You are now registered as a client.'] },
      { paragraph: ['We will write to you when there is news of your orders.'] },
    ],
  });
