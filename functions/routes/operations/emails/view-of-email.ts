import { fault } from '../../../contract/faults.ts';
import type { SavedEmailView } from '../../../outbox/email-view.ts';
import type { EmailSummary } from '../../../outbox/outbox-row.ts';

/** A saved e-mail as the team sees it. */
export const viewOfEmail = (email: EmailSummary): SavedEmailView => ({
  email_id: email.email_id,
  kind: email.kind,
  subject: email.subject,
  client_id: email.client_id ?? null,
  user_id: email.user_id ?? null,
  order_id: email.order_id ?? null,
  request_id: email.request_id,
  state: email.state,
  attempts: email.attempts,
  created_at: email.created_at,
  due_at: email.due_at ?? null,
  last_failure: email.last_failure ?? null,
  sent_at: email.sent_at ?? null,
});

/** The fault of an e-mail that does not exist. */
export const unknownEmail = () => fault('email_id', 'not-found', 'is not a saved e-mail');
