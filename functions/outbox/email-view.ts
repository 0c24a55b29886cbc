import * as z from 'zod/mini';
import { id } from '../contract/params.ts';

/** In which states a saved e-mail is not done with. */
export const WAITING_STATES = ['unsent', 'sending', 'parked'] as const;
export type WaitingState = (typeof WAITING_STATES)[number];

/** In which states it is done with. */
export const DONE_STATES: readonly string[] = ['sent', 'discarded'] satisfies EmailState[];

/** What can be the state of a saved e-mail; another release may know more of them. */
export type EmailState = WaitingState | 'sent' | 'discarded';

/** A saved e-mail as the team sees it: neither its text nor where it goes. Times are ISO 8601 UTC. */
export const savedEmailView = z.strictObject({
  email_id: id,
  kind: z.string(),
  subject: z.string(),
  /** The client that it is to; null when it is to a user. */
  client_id: z.nullable(id),
  user_id: z.nullable(id),
  order_id: z.nullable(id),
  request_id: z.string(),
  /** One of `EmailState`, or of those of another release. */
  state: z.string(),
  /** How often it was tried to send it, a try that is under way included. */
  attempts: z.int(),
  created_at: z.string(),
  /** When its next try is due, its lease ends, or, parked, since when it waits for an operator. */
  due_at: z.nullable(z.string()),
  last_failure: z.nullable(z.strictObject({ kind: z.string(), cause: z.string(), at: z.string() })),
  sent_at: z.nullable(z.string()),
});
export type SavedEmailView = z.infer<typeof savedEmailView>;

/** What deciding on an e-mail answers: the e-mail as it then is, or null where its row cannot be read. */
export const decidedEmailView = z.strictObject({ email: z.nullable(savedEmailView) });
