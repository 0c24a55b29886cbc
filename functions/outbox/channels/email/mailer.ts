import { notified, notify } from '../../../notifications/notification-store.ts';
import type { Deadline } from '../../../table/deadline.ts';
import type { Table } from '../../../table/table.ts';
import { causeOf, type Delivery, type DeliveryFailure, failed, isGivenUp } from '../../delivery.ts';
import type { EmailEnvironment } from '../../environment.ts';
import { markFailed, markSent } from '../../outbox.ts';
import { type EmailAtHand, triesOf } from '../../outbox-row.ts';
import { sendThroughMandrill } from './mandrill.ts';
import { findCircuit, learn, mayAsk } from './mandrill-circuit.ts';
import { Secret } from './secret.ts';

/** Kept back of the time that is left, to record what became of the e-mail, also if DynamoDB has to be asked twice. */
const BOOKKEEPING_MS = 4_000;

/** Whom an e-mail is to. */
export interface Recipient {
  email: string;
  name: string;
}

/** What sending e-mails takes, for the time of one invocation. `report` hears of faults of ours that the client need not know of. */
export interface MailerResources {
  table: Table;
  /** Whom the e-mails of a client go to; undefined if there is no such client. */
  recipientOf(client_id: number): Promise<Recipient | undefined>;
  environment: EmailEnvironment;
  /** Mandrill's API key. */
  key: Secret;
  deadline: Deadline;
  now: () => Date;
  report: (fault: unknown) => void;
}

/** What sends the e-mails of one invocation, which reads the key once at most. */
export const mailerOf = (given: Omit<MailerResources, 'key'>): MailerResources => ({
  ...given,
  key: new Secret(given.environment.MANDRILL_KEY_PARAMETER),
});

/** Hands an e-mail to Mandrill, with the key that is known or else with the one that has taken its place. */
const handOver = async (
  email: EmailAtHand,
  { email: address, name }: Recipient,
  { environment, key, deadline, report }: MailerResources,
): Promise<Delivery> => {
  const wait = () =>
    Math.max(0, Math.min(environment.MANDRILL_PATIENCE_MS, deadline.remaining() - BOOKKEEPING_MS));
  const sendWith = async (value: string): Promise<Delivery> => {
    const timeout = wait();
    // To Mandrill's client, a time-out of 0 is none at all.
    if (timeout === 0) return failed('our-side', 'no time left');
    return sendThroughMandrill(
      {
        url: environment.MANDRILL_URL,
        key: value,
        from: { email: environment.EMAIL_FROM, name: environment.EMAIL_FROM_NAME },
      },
      {
        to: { email: address, name },
        subject: email.subject,
        text: email.text,
        html: email.html,
        tag: email.kind,
        metadata: { email_id: email.email_id, order_id: email.order_id, request_id: email.request_id },
      },
      timeout,
    );
  };

  const kept = await key.value(AbortSignal.timeout(wait()));
  // As with a wrong key, the e-mail waits until an operator has set the right one.
  if (kept === undefined) return failed('invalid-key', 'no key for Mandrill is set');
  const delivery = await sendWith(kept);
  if (delivery.sent || delivery.failure.kind !== 'invalid-key') return delivery;
  // Perhaps an operator has replaced it since this instance has read it.
  const current = await key.current(AbortSignal.timeout(wait())).catch((fault: unknown) => {
    report(fault);
    return kept;
  });
  return current === undefined || current === kept ? delivery : sendWith(current);
};

/** Sends an e-mail, unless there is nobody to send it to, or Mandrill is away. */
const send = async (email: EmailAtHand, resources: MailerResources): Promise<Delivery> => {
  const { table, recipientOf, now, report } = resources;
  if (isGivenUp(triesOf(email), now())) return failed('our-side', 'no outcome in 24 hours', true);
  const [recipient, circuit] = await Promise.all([recipientOf(email.client_id), findCircuit(table)]);
  if (recipient === undefined) return failed('no-recipient', 'no client record', true);
  if (circuit !== undefined && !(await mayAsk(table, circuit, now()))) {
    return { sent: false, failure: { ...circuit.failure, permanent: false, untried: true } };
  }
  const delivery = await handOver(email, recipient, resources);
  await learn(table, circuit, delivery, email.client_id, now()).catch(report);
  return delivery;
};

/**
 * Sends an e-mail that was saved with its change, or taken from the outbox, and records what became of it: sent, or failed
 * with a notification to the team. Never throws, since the change is saved: what fails besides the sending itself is
 * reported, and the e-mail's lease runs out.
 *
 * @returns what became of it
 */
export const deliver = async (email: EmailAtHand, resources: MailerResources): Promise<Delivery> => {
  const { table, now, report } = resources;
  const delivery = await send(email, resources).catch((fault: unknown): Delivery => {
    report(fault);
    return failed('our-side', 'not handed to Mandrill');
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
  email: EmailAtHand,
  failure: DeliveryFailure,
  { table, now }: MailerResources,
): Promise<unknown>[] => {
  const { email_id, order_id, request_id } = email;
  const occurrence = { cause: causeOf(failure), order_id, email_id, request_id };
  return [
    // Parked, it waits for somebody: that must not be without telling anybody.
    markFailed(table, email, failure, now(), notified({ ...occurrence, kind: 'email-parked' }, now())),
    notify(table, { ...occurrence, kind: 'mandrill-email-failed' }, now()),
  ];
};
