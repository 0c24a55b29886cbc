import { setTimeout } from 'node:timers/promises';
import { deliver } from '../outbox/deliver.ts';
import { isWithheldFor } from '../outbox/delivery.ts';
import { takeEmail } from '../outbox/outbox.ts';
import { type EmailAtHand, type EmailSummary, emailKey, emailSummaryRows } from '../outbox/outbox-row.ts';
import { type Exchange, need } from './exchange.ts';

/** How long another request, or the retry, is given each time to come to an end with an e-mail. */
const PAUSE_MS = 200;
/** With less time left than this no e-mail is begun: it could not be handed to Mandrill, and that be recorded. */
const LEAST_MS = 5_000;

/** Sends a saved e-mail, and counts what became of it; tells whether Mandrill took it, or it is not to be sent at all. */
export const sendSaved = async (exchange: Exchange, email: EmailAtHand): Promise<boolean> => {
  const { emails } = exchange;
  const delivery = await deliver(email, need(exchange, 'outbox'));
  if (delivery.sent) emails.sent += 1;
  else if (!delivery.withheld) emails.failures.push({ email_id: email.email_id, ...delivery.failure });
  return delivery.sent || delivery.withheld !== undefined;
};

/** Whether an e-mail was discarded since it is not to be sent at all, and by nobody's decision. */
const isWithheld = ({ state, last_failure }: EmailSummary): boolean =>
  state === 'discarded' && isWithheldFor(last_failure?.kind);

/**
 * Sends an e-mail of a request that is sent again, if it is still unsent. While another has it, it is waited for: two
 * requests at once get the outcome of the one that sends.
 *
 * @returns false if Mandrill did not take it, now or before, or its row cannot be read. While that is not known, since whoever
 *   was the first to have it has died, or it is in a state that only another release knows, it is not called a failure: the retry
 *   sends it, and is heard of if it cannot
 */
export const sendAgain = async (exchange: Exchange, email_id: number): Promise<boolean> => {
  const { deadline } = exchange;
  const { table, now } = need(exchange, 'outbox');
  for (;;) {
    const row = await table.getAgain(emailKey(email_id));
    if (row === undefined) return true;
    const saved = emailSummaryRows.readOrLeaveOut(table, row);
    if (saved !== undefined && isWithheld(saved)) return true;
    if (saved === undefined || saved.state === 'parked' || saved.state === 'discarded') return false;
    if (saved.state !== 'unsent' && saved.state !== 'sending') return true;
    if (deadline.remaining() < LEAST_MS) return saved.state === 'sending' && !saved.last_failure;
    const isFree = saved.state === 'unsent' || (saved.due_at ?? '') <= now().toISOString();
    const email = isFree ? await takeEmail(table, email_id, now()) : undefined;
    if (email !== undefined) return sendSaved(exchange, email);
    await setTimeout(PAUSE_MS);
  }
};
