import type { EmailEnvironment } from '../contract/environment.ts';
import { type Delivery, type DeliveryFailure, isGivenUp } from '../domain/delivery.ts';
import type { Email } from '../domain/email.ts';
import { findClient } from './clients.ts';
import type { Deadline } from './deadline.ts';
import { sendThroughMandrill } from './mandrill.ts';
import { notified, notify } from './notifications.ts';
import { markFailed, markSent, type TakenEmail, triesOf } from './outbox.ts';
import { forgetSecret, readSecret } from './secret.ts';
import type { Table } from './table.ts';

/**
 * The longest that a request waits for the key, and for Mandrill; well inside a function's time, and Mandrill mostly
 * answers in one second.
 */
const LONGEST_WAIT_MS = 5_000;
/** Kept back of the time that is left, to record what became of the e-mail, also if DynamoDB has to be asked twice. */
const BOOKKEEPING_MS = 4_000;

/** What sending an e-mail takes. `report` hears of faults of ours that the client need not know of. */
export interface MailerResources {
  table: Table;
  environment: EmailEnvironment;
  deadline: Deadline;
  now: () => Date;
  report: (fault: unknown) => void;
}

/** As with a wrong key, the e-mail waits until an operator has set the right one. */
const NO_KEY: Delivery = {
  sent: false,
  failure: { kind: 'invalid-key', cause: 'no key for Mandrill is set', permanent: false },
};

const send = async (email: Email | TakenEmail, resources: MailerResources): Promise<Delivery> => {
  const { table, environment, deadline, report, now } = resources;
  if (isGivenUp(triesOf(email), now())) {
    return { sent: false, failure: { kind: 'our-side', cause: 'no outcome in 24 hours', permanent: true } };
  }
  const client = await findClient(table, email.client_id);
  if (client === undefined) {
    return { sent: false, failure: { kind: 'no-recipient', cause: 'no client record', permanent: true } };
  }
  const wait = () => Math.max(0, Math.min(LONGEST_WAIT_MS, deadline.remaining() - BOOKKEEPING_MS));
  const readKey = () => readSecret(environment.MANDRILL_KEY_PARAMETER, AbortSignal.timeout(wait()));
  const sendWith = async (key: string): Promise<Delivery> => {
    const timeout = wait();
    // To Mandrill's client, a time-out of 0 is none at all.
    if (timeout === 0)
      return { sent: false, failure: { kind: 'timeout', cause: 'no time left', permanent: false } };
    return sendThroughMandrill(
      {
        url: environment.MANDRILL_URL,
        key,
        from: { email: environment.EMAIL_FROM, name: environment.EMAIL_FROM_NAME },
      },
      {
        to: { email: client.email, name: client.name },
        subject: email.subject,
        text: email.text,
        html: email.html,
        tag: email.kind,
        metadata: { email_id: email.email_id, order_id: email.order_id, request_id: email.request_id },
      },
      timeout,
    );
  };

  const key = await readKey();
  if (key === undefined) return NO_KEY;
  const delivery = await sendWith(key);
  if (delivery.sent || delivery.failure.kind !== 'invalid-key') return delivery;
  // Perhaps an operator has replaced it since this instance has read it.
  forgetSecret();
  const current = await readKey().catch((fault: unknown) => {
    report(fault);
    return key;
  });
  return current === undefined || current === key ? delivery : sendWith(current);
};

/**
 * Sends an e-mail that was saved with its change, or taken from the outbox, and records what became of it: sent, or failed
 * with a notification to the team. Never throws, since the change is saved: what fails besides the sending itself is
 * reported, and the e-mail's lease runs out.
 *
 * @returns what became of it
 */
export const deliver = async (email: Email | TakenEmail, resources: MailerResources): Promise<Delivery> => {
  const { table, now, report } = resources;
  const delivery = await send(email, resources).catch((fault: unknown): Delivery => {
    report(fault);
    return { sent: false, failure: { kind: 'our-side', cause: 'not handed to Mandrill', permanent: false } };
  });
  const records: Promise<unknown>[] = delivery.sent
    ? [markSent(table, email, delivery.mandrill_id, now())]
    : recordFailure(email, delivery.failure, resources);
  // All of them are waited for: what is under way when a function has answered may never be done.
  for (const record of await Promise.allSettled(records)) {
    if (record.status === 'rejected') report(record.reason);
  }
  return delivery;
};

const recordFailure = (
  email: Email | TakenEmail,
  failure: DeliveryFailure,
  { table, now }: MailerResources,
): Promise<unknown>[] => {
  if (failure.kind === 'invalid-key') forgetSecret();
  const { email_id, order_id, request_id } = email;
  const cause = `${failure.kind}: ${failure.cause}`;
  const occurrence = { cause, order_id, email_id, request_id };
  return [
    // Parked, it waits for somebody: that must not be without telling anybody.
    markFailed(table, email, failure, now(), notified({ ...occurrence, kind: 'email-parked' }, now())),
    notify(table, { ...occurrence, kind: 'mandrill-email-failed' }, now()),
  ];
};
