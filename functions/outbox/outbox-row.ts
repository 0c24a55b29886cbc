import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { partitions } from '../table/partitions.ts';
import type { Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Tries } from './delivery.ts';
import type { Email } from './email.ts';

/** What lists show of a saved e-mail: all but its texts. Its kind and its state may be those of another release. */
const summaryShape = {
  email_id: id,
  /** Of these two it has one; release 0.2 wrote to clients alone. */
  client_id: z.exactOptional(id),
  user_id: z.exactOptional(id),
  order_id: z.exactOptional(id),
  request_id: z.string(),
  created_at: z.string(),
  kind: z.string(),
  subject: z.string(),
  state: z.string(),
  /** How often it was taken to be sent, a try that is under way included. It tells one try from another. */
  attempts: z.int(),
  /** How many tries have failed since it is tried; release 0.2 did not count those apart. */
  tries: z.exactOptional(z.int()),
  /** Since when it is tried, if an operator had it sent again. */
  tried_since: z.exactOptional(z.string()),
  /** When its next try is due, its lease ends, or, parked, since when it waits for an operator. */
  due_at: z.exactOptional(z.string()),
  last_failure: z.exactOptional(z.object({ kind: z.string(), cause: z.string(), at: z.string() })),
  sent_at: z.exactOptional(z.string()),
  mandrill_id: z.exactOptional(z.string()),
};
/** An e-mail is to somebody. */
const toSomebody = z.refine<{ client_id?: number; user_id?: number }>(
  ({ client_id, user_id }) => (client_id ?? user_id) !== undefined,
  { path: ['client_id'] },
);
const summarySchema = z.object(summaryShape).check(toSomebody);
/** A text that is a secret is not there: it is made when the e-mail is sent. */
const emailSchema = z
  .object({ ...summaryShape, text: z.exactOptional(z.string()), html: z.exactOptional(z.string()) })
  .check(toSomebody);

/** A saved e-mail without its texts, and what has become of it. */
export type EmailSummary = z.infer<typeof summarySchema>;
/** An e-mail that was saved, and what has become of it. */
export type SavedEmail = z.infer<typeof emailSchema>;

export const emailRows = new RowKind(emailSchema);
/** The same rows, read in part: `SUMMARY` names the attributes. */
export const emailSummaryRows = new RowKind(summarySchema);
export const SUMMARY: readonly string[] = [...Object.keys(summaryShape), 'schema_version'];

/** The key of a saved e-mail. */
export const emailKey = (email_id: number): Key => ({ pk: `${partitions.email}${email_id}`, sk: 'EMAIL' });

/** An e-mail that somebody has to send, and how far it has got: one just saved, or one taken from the outbox. */
export type EmailAtHand = Email | SavedEmail;

/** How far it has got with an e-mail, and which try this is. One that was only just saved is at its first. */
export const triesOf = (email: EmailAtHand): Tries & Pick<SavedEmail, 'attempts'> => {
  if (!('attempts' in email)) return { attempts: 1, tries: 0, tried_since: email.created_at };
  const { attempts, tried_since } = email;
  // Release 0.2 counted attempts alone, and went on counting when an operator had an e-mail sent again.
  const { tries = tried_since === undefined ? attempts - 1 : 0 } = email;
  return { attempts, tries, tried_since: tried_since ?? email.created_at };
};
