import type { Appointment, Order } from '../contract/order.ts';
import type { OrderUpdate } from './order-update.ts';

export const EMAIL_KINDS = [
  'appointment-cancelled',
  'appointment-made',
  'appointment-moved',
  'order-completed',
  'order-received',
  'welcome',
] as const;

/** What an e-mail says; whom it goes to is looked up when it is sent. */
export interface EmailContent {
  kind: (typeof EMAIL_KINDS)[number];
  subject: string;
  text: string;
}

/** An e-mail to a client, saved with the change that causes it. */
export interface Email extends EmailContent {
  email_id: number;
  client_id: number;
  /** The order that it is about, if it is about one. */
  order_id?: number | undefined;
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

const inWords = (time: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(time),
  );

const cancellation = (appointment: Appointment): string =>
  [
    `The appointment on ${inWords(appointment.scheduled_for)} (UTC) has been cancelled.`,
    `Reason: ${appointment.cancel_reason}`,
    ...(appointment.cancel_note ? [`Note: ${appointment.cancel_note}`] : []),
  ].join('\n');

const completion = (order: Order): string =>
  [
    'Everything on the order has been completed:',
    ...order.line_items.map((item) => `- ${item.name}: ${item.completed_quantity} of ${item.quantity}`),
  ].join('\n');

/** The e-mail that an update calls for: its appointment was cancelled, or it completed the order; one when both. */
export const emailOf = ({ after, cancelled, completed }: OrderUpdate): EmailContent | undefined => {
  if (cancelled === undefined && !completed) return undefined;
  const subject = [...(cancelled ? ['appointment cancelled'] : []), ...(completed ? ['completed'] : [])].join(
    ' and ',
  );
  const paragraphs = [
    'Hello,',
    `there is news of your order ${after.order_id}.`,
    ...(cancelled ? [cancellation(cancelled)] : []),
    ...(completed ? [completion(after)] : []),
    'Plano',
  ];
  return {
    kind: cancelled ? 'appointment-cancelled' : 'order-completed',
    subject: `Order ${after.order_id}: ${subject}`,
    text: `${paragraphs.join('\n\n')}\n`,
  };
};

/** The e-mail that greets a new client. */
export const welcomeEmail = (name: string): EmailContent => ({
  kind: 'welcome',
  subject: 'Welcome to Plano',
  text: [
    `Hello ${name},`,
    'you are now registered as a client. We will write to you when there is news of your orders.',
    'Plano\n',
  ].join('\n\n'),
});

/** The e-mail that confirms a new order. */
export const orderReceivedEmail = (order: Order): EmailContent => ({
  kind: 'order-received',
  subject: `Order ${order.order_id}: received`,
  text: [
    'Hello,',
    `we have received your order ${order.order_id}:`,
    order.line_items.map(({ name, quantity }) => `- ${quantity} × ${name}`).join('\n'),
    ...order.appointments.map(({ scheduled_for }) => `We will come on ${inWords(scheduled_for)} (UTC).`),
    'Plano\n',
  ].join('\n\n'),
});

/** The e-mail that tells of a new appointment. */
export const appointmentMadeEmail = (order: Order, appointment: Appointment): EmailContent => ({
  kind: 'appointment-made',
  subject: `Order ${order.order_id}: appointment made`,
  text: [
    'Hello,',
    `we will come for your order ${order.order_id} on ${inWords(appointment.scheduled_for)} (UTC).`,
    'Plano\n',
  ].join('\n\n'),
});

/** The e-mail that tells of an appointment's new time. */
export const appointmentMovedEmail = (
  order: Order,
  before: Appointment,
  after: Appointment,
): EmailContent => ({
  kind: 'appointment-moved',
  subject: `Order ${order.order_id}: appointment moved`,
  text: [
    'Hello,',
    `the appointment for your order ${order.order_id} has been moved from ${inWords(before.scheduled_for)} to ` +
      `${inWords(after.scheduled_for)} (UTC).`,
    'Plano\n',
  ].join('\n\n'),
});
