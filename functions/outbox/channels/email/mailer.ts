import type { Deadline } from '../../../table/deadline.ts';
import type { Outbox } from '../../deliver.ts';
import { type Delivery, failed, isOfTheAddress, withheld } from '../../delivery.ts';
import { type Addressee, type EmailContent, isForStrangers, isSecret } from '../../email.ts';
import type { EmailEnvironment } from '../../environment.ts';
import type { EmailAtHand } from '../../outbox-row.ts';
import { sendThroughMandrill } from './mandrill.ts';
import { findCircuit, learn, mayAsk } from './mandrill-circuit.ts';
import { Secret } from './secret.ts';

/** Kept back of the time that is left, to record what became of the e-mail, also if DynamoDB has to be asked twice. */
const BOOKKEEPING_MS = 4_000;

/** Whom an e-mail is to. */
export interface Recipient {
  email: string;
  name: string;
  /** False while nobody has verified the address. */
  email_verified?: boolean | undefined;
}

/** Everything that the channel of e-mail needs, for the time of one invocation. */
interface MailerResources extends Omit<Outbox, 'send'> {
  /** Whom the e-mails of a client or a user go to; undefined if there is none of that id. */
  recipientOf(addressee: Addressee): Promise<Recipient | undefined>;
  /** Makes what an e-mail says that carries a secret; undefined if it is not to be sent any more. */
  secretOf(email: EmailAtHand): Promise<EmailContent | undefined>;
  environment: EmailEnvironment;
  deadline: Deadline;
  /** Hears how long Mandrill was waited for, in milliseconds, each time that it is asked. */
  waited(milliseconds: number): void;
}

interface Mailer extends MailerResources {
  /** Mandrill's API key. */
  key: Secret;
}

type Texts = Pick<EmailContent, 'text' | 'html'>;

/**
 * What an e-mail says. What is a secret is made now, so that it is in no row. A release before this one has saved it with the others: that
 * is sent as it is.
 */
const textsOf = async (email: EmailAtHand, { secretOf }: Mailer): Promise<Texts | undefined> => {
  const { text, html } = email;
  if (text !== undefined && html !== undefined) return { text, html };
  return isSecret(email) ? secretOf(email) : undefined;
};

/** Hands an e-mail to Mandrill, with the key that is known or else with the one that has taken its place. */
const handOver = async (
  email: EmailAtHand,
  { email: address, name, email_verified = true }: Recipient,
  mailer: Mailer,
): Promise<Delivery> => {
  const { environment, key, deadline, report, waited } = mailer;
  const wait = () =>
    Math.max(0, Math.min(environment.MANDRILL_PATIENCE_MS, deadline.remaining() - BOOKKEEPING_MS));
  const sendWith = async (value: string, { text, html }: Texts): Promise<Delivery> => {
    const timeout = wait();
    // To Mandrill's client, a time-out of 0 is none at all.
    if (timeout === 0) return failed('our-side', 'no time left');
    const startedAt = performance.now();
    const delivery = await sendThroughMandrill(
      {
        url: environment.MANDRILL_URL,
        key: value,
        from: { email: environment.EMAIL_FROM, name: environment.EMAIL_FROM_NAME },
      },
      {
        // Whoever has registered with somebody else's address has chosen the name.
        to: { email: address, ...(email_verified && { name }) },
        subject: email.subject,
        text,
        html,
        tag: email.kind,
        metadata: { email_id: email.email_id, order_id: email.order_id, request_id: email.request_id },
      },
      timeout,
    );
    waited(performance.now() - startedAt);
    return delivery;
  };

  const kept = await key.value(AbortSignal.timeout(wait()));
  // As with a wrong key, the e-mail waits until an operator has set the right one.
  if (kept === undefined) return failed('invalid-key', 'no key for Mandrill is set');
  const texts = await textsOf(email, mailer);
  if (texts === undefined)
    return isSecret(email) ? withheld('superseded') : failed('our-side', 'its text is gone', true);
  const delivery = await sendWith(kept, texts);
  if (delivery.sent || delivery.withheld || delivery.failure.kind !== 'invalid-key') return delivery;
  // Perhaps an operator has replaced it since this instance has read it.
  const current = await key.current(AbortSignal.timeout(wait())).catch((fault: unknown) => {
    report(fault);
    return kept;
  });
  return current === undefined || current === kept ? delivery : sendWith(current, texts);
};

/** What is wrong with an address that nobody has verified is no fault that the team could mend: anybody can give any address. */
const untoldOfStrangers = (
  delivery: Delivery,
  email: EmailAtHand,
  { email_verified }: Recipient,
): Delivery => {
  if (delivery.sent || delivery.withheld) return delivery;
  if (email_verified !== false || !isForStrangers(email)) return delivery;
  const { failure } = delivery;
  return isOfTheAddress(failure) ? { sent: false, failure: { ...failure, untold: true } } : delivery;
};

/** Sends an e-mail, unless there is nobody to send it to, nobody has verified their address, or Mandrill is away. */
const send = async (email: EmailAtHand, mailer: Mailer): Promise<Delivery> => {
  const { table, recipientOf, now, report } = mailer;
  const [recipient, circuit] = await Promise.all([recipientOf(email), findCircuit(table)]);
  if (recipient === undefined)
    return failed('no-recipient', `no ${email.client_id === undefined ? 'user' : 'client'} record`, true);
  if (recipient.email_verified === false && !isSecret(email)) return withheld('unverified');
  if (circuit !== undefined && !(await mayAsk(table, circuit, now()))) {
    return { sent: false, failure: { ...circuit.failure, permanent: false, untried: true } };
  }
  const delivery = untoldOfStrangers(await handOver(email, recipient, mailer), email, recipient);
  await learn(table, circuit, delivery, email, now()).catch(report);
  return delivery;
};

/** The outbox of one invocation, whose messages go out by e-mail; the key is read once at most. */
export const mailerOf = (given: MailerResources): Outbox => {
  const mailer = { ...given, key: new Secret(given.environment.MANDRILL_KEY_PARAMETER) };
  const { table, now, report } = given;
  return { table, now, report, send: (email) => send(email, mailer) };
};
