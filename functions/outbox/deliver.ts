import { notified, notify } from '../notifications/notification-store.ts';
import type { Table } from '../table/table.ts';
import { causeOf, type Delivery, type DeliveryFailure, failed, isGivenUp } from './delivery.ts';
import { markFailed, markSent, markWithheld } from './outbox.ts';
import { type EmailAtHand, triesOf } from './outbox-row.ts';

/**
 * The outbox, for the time of one invocation: where messages are kept, and the channel by which they go out, of which e-mail is the
 * first.
 */
export interface Outbox {
  table: Table;
  now(): Date;
  /** Hears of faults of ours that the client need not know of. */
  report(fault: unknown): void;
  /** Hands a message over, once; how it is kept and tried again is no business of a channel. */
  send(message: EmailAtHand): Promise<Delivery>;
}

/** Sends a message, unless nothing has come of it for too long. */
const sendInTime = async (email: EmailAtHand, { send, now }: Outbox): Promise<Delivery> =>
  isGivenUp(triesOf(email), now()) ? failed('our-side', 'no outcome in 24 hours', true) : send(email);

/**
 * Sends a message that was saved with its change, or taken from the outbox, and records what became of it: sent, or failed
 * with a notification to the team, or withheld. Never throws, since the change is saved: what fails besides the sending itself is
 * reported, and the message's lease runs out.
 *
 * @returns what became of it
 */
export const deliver = async (email: EmailAtHand, outbox: Outbox): Promise<Delivery> => {
  const { report } = outbox;
  const delivery = await sendInTime(email, outbox).catch((fault: unknown): Delivery => {
    report(fault);
    return failed('our-side', 'not handed to Mandrill');
  });
  const records = recordsOf(email, delivery, outbox);
  // All of them are waited for: what is under way when a function has answered may never be done.
  for (const record of await Promise.allSettled(records)) {
    if (record.status === 'rejected') report(record.reason);
  }
  return delivery;
};

const recordsOf = (email: EmailAtHand, delivery: Delivery, outbox: Outbox): Promise<unknown>[] => {
  const { table, now } = outbox;
  if (delivery.sent) return [markSent(table, email, delivery.mandrill_id, now())];
  if (delivery.withheld) return [markWithheld(table, email, delivery.withheld, now())];
  return recordFailure(email, delivery.failure, outbox);
};

const recordFailure = (
  email: EmailAtHand,
  failure: DeliveryFailure,
  { table, now }: Outbox,
): Promise<unknown>[] => {
  if (failure.untold) return [markWithheld(table, email, failure, now())];
  const { email_id, order_id, request_id } = email;
  const occurrence = { cause: causeOf(failure), order_id, email_id, request_id };
  return [
    // Parked, it waits for somebody: that must not be without telling anybody.
    markFailed(table, email, failure, now(), notified({ ...occurrence, kind: 'email-parked' }, now())),
    notify(table, { ...occurrence, kind: 'mandrill-email-failed' }, now()),
  ];
};
