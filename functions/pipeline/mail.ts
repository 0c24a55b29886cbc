import { setTimeout } from 'node:timers/promises';
import { deliver } from '../adapters/mailer.ts';
import { findSavedEmail, takeEmail } from '../adapters/outbox.ts';
import type { Email } from '../domain/email.ts';
import { type Exchange, found } from './exchange.ts';

/** How long another request, or the retry, is given each time to come to an end with an e-mail. */
const PAUSE_MS = 200;
/** With less time left than this no e-mail is begun: it could not be handed to Mandrill. */
const LEAST_MS = 1_000;

/** Sends a saved e-mail, and counts what became of it; tells whether Mandrill took it. */
export const send = async (exchange: Exchange, email: Email): Promise<boolean> => {
  const { emails } = exchange;
  const delivery = await deliver(email, found(exchange, 'mailer'));
  if (delivery.sent) emails.sent += 1;
  else emails.failures.push(delivery.failure);
  return delivery.sent;
};

/**
 * Sends an e-mail of a request that is sent again, if it is still unsent. While another has it, it is waited for: two
 * requests at once get the outcome of the one that sends.
 *
 * @returns whether Mandrill took it, now or before
 */
export const sendAgain = async (exchange: Exchange, email_id: number): Promise<boolean> => {
  const { table, deadline, now } = found(exchange, 'mailer');
  while (deadline.remaining() > LEAST_MS) {
    const saved = await findSavedEmail(table, email_id);
    if (saved?.state !== 'unsent' && saved?.state !== 'sending') return saved?.state === 'sent';
    const email = await takeEmail(table, email_id, now());
    if (email !== undefined) return send(exchange, email);
    await setTimeout(PAUSE_MS);
  }
  return false;
};
