import type { Email } from '../../functions/outbox/email.ts';
import { randomId } from '../../functions/table/ids.ts';
import { NOW } from './sessions.ts';

/** An e-mail that an update causes. */
export const anEmail = (given: Partial<Email> = {}): Email => ({
  email_id: randomId(),
  ...(given.user_id === undefined && { client_id: randomId() }),
  order_id: randomId(),
  request_id: 'request-1',
  created_at: NOW.toISOString(),
  kind: 'appointment-cancelled',
  subject: 'Order 7: appointment cancelled',
  text: 'Hello,\n\nthere is news of your order 7.\n',
  html: '<!doctype html><title>Order 7</title><p>Hello,<p>there is news of your order 7.',
  ...given,
});
