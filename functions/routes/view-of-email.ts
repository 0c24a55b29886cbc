import type { SavedEmail } from '../adapters/outbox.ts';
import { fault } from '../contract/faults.ts';
import type { SavedEmailView } from '../contract/saved-email.ts';

/** A saved e-mail as the team sees it. */
export const viewOfEmail = ({ email, ...saved }: SavedEmail): SavedEmailView => ({
  email_id: email.email_id,
  kind: email.kind,
  subject: email.subject,
  client_id: email.client_id,
  order_id: email.order_id ?? null,
  request_id: email.request_id,
  state: saved.state,
  attempts: saved.attempts,
  created_at: email.created_at,
  due_at: saved.due_at ?? null,
  last_failure: saved.last_failure ?? null,
  sent_at: saved.sent_at ?? null,
});

/** The fault of an e-mail that does not exist. */
export const unknownEmail = () => fault('email_id', 'not-found', 'is not a saved e-mail');
