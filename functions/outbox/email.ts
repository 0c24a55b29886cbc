import { htmlOf } from './channels/email/html.ts';
import type { Letter } from './channels/email/letter.ts';
import { textOf } from './channels/email/text.ts';

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

export type EmailKind = EmailContent['kind'];

/** A letter of a kind, as text and as HTML. */
export const rendered = (kind: EmailKind, letter: Letter): EmailContent => ({
  kind,
  subject: letter.subject,
  text: textOf(letter),
  html: htmlOf(letter),
});
