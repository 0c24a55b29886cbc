import { htmlOf } from './channels/email/html.ts';
import type { Letter } from './channels/email/letter.ts';
import { textOf } from './channels/email/text.ts';

/** What an e-mail is about. */
export interface EmailHead {
  kind:
    | 'appointment-cancelled'
    | 'appointment-made'
    | 'appointment-moved'
    | 'invitation'
    | 'order-completed'
    | 'order-received'
    | 'password-changed'
    | 'reset-password'
    | 'sign-in'
    | 'verify-address'
    | 'welcome';
  /** One line, in which nothing stands that a user wrote. */
  subject: string;
}

/** What an e-mail says; whom it goes to is looked up when it is sent. */
export interface EmailContent extends EmailHead {
  text: string;
  /** A whole document, which says what the text says. */
  html: string;
}

/**
 * The kinds that carry a secret. They alone go to an address that nobody has verified yet, since by them it is verified; and
 * their text is for their recipient alone: it is made when they are sent, and stored nowhere.
 */
const SECRET: ReadonlySet<string> = new Set<EmailKind>(['verify-address', 'reset-password', 'invitation']);
export const isSecret = ({ kind }: { kind: string }): boolean => SECRET.has(kind);

/** The kinds that anybody can have sent to any address, by registering with it, or by asking for them. */
const STRANGERS: ReadonlySet<string> = new Set<EmailKind>(['verify-address', 'reset-password']);
export const isForStrangers = ({ kind }: { kind: string }): boolean => STRANGERS.has(kind);

/** Whom an e-mail is to: a client, or a user, who need not be one. */
export interface Addressee {
  client_id?: number;
  user_id?: number;
}

/** An e-mail, saved with the change that causes it; without its texts where they are a secret. */
export interface Email extends EmailHead, Partial<Pick<EmailContent, 'text' | 'html'>>, Addressee {
  email_id: number;
  /** The order that it is about, if it is about one. */
  order_id?: number;
  request_id: string;
  created_at: string;
}

/** For what an e-mail is saved: the request that causes it, and the order that it is about, if it is about one. */
export interface Saving {
  newId: () => number;
  requestId: string;
  now: Date;
  order_id?: number;
}

/** An e-mail, ready to be saved with its change. */
export const emailTo = (
  addressee: Addressee,
  content: EmailHead | EmailContent,
  { newId, requestId, now, order_id }: Saving,
): Email => ({
  ...content,
  email_id: newId(),
  ...addressee,
  ...(order_id !== undefined && { order_id }),
  request_id: requestId,
  created_at: now.toISOString(),
});

export type EmailKind = EmailHead['kind'];

/** A letter of a kind, as text and as HTML. */
export const rendered = (kind: EmailKind, letter: Letter): EmailContent => ({
  kind,
  subject: letter.subject,
  text: textOf(letter),
  html: htmlOf(letter),
});
