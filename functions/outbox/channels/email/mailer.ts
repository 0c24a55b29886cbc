import type { Outbox } from '../../deliver.ts';
import { type Delivery, failed, isOfTheAddress, withheld } from '../../delivery.ts';
import { type Addressee, isForStrangers, isSecret } from '../../email.ts';
import type { EmailAtHand } from '../../outbox-row.ts';
import type { HandOver, Means, Recipient } from './hand-over.ts';
import { findCircuit, learn, mayAsk } from './mandrill-circuit.ts';

/** Everything that the channel of e-mail needs, for the time of one invocation. */
interface Mailer extends Omit<Outbox, 'send'>, Means {
  /** Whom the e-mails of a client or a user go to; undefined if there is none of that id. */
  recipientOf(addressee: Addressee): Promise<Recipient | undefined>;
}

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
const send = async (
  email: EmailAtHand,
  { table, recipientOf, now, report }: Mailer,
  handOver: () => Promise<HandOver>,
): Promise<Delivery> => {
  const [recipient, circuit] = await Promise.all([recipientOf(email), findCircuit(table)]);
  if (recipient === undefined)
    return failed('no-recipient', `no ${email.client_id === undefined ? 'user' : 'client'} record`, true);
  if (recipient.email_verified === false && !isSecret(email)) return withheld('unverified');
  if (circuit !== undefined && !(await mayAsk(table, circuit, now()))) {
    return { sent: false, failure: { ...circuit.failure, permanent: false, untried: true } };
  }
  const handed = await (await handOver())(email, recipient);
  const delivery = untoldOfStrangers(handed, email, recipient);
  await learn(table, circuit, delivery, email, now()).catch(report);
  return delivery;
};

/** The outbox of one invocation, whose messages go out by e-mail; what hands them to Mandrill is loaded with the first. */
export const mailerOf = (mailer: Mailer): Outbox => {
  const { table, now, report } = mailer;
  let loading: Promise<HandOver> | undefined;
  const handOver = () => {
    loading ??= import('#hand-over').then(({ handOverWith }) => handOverWith(mailer));
    return loading;
  };
  return { table, now, report, send: (email) => send(email, mailer, handOver) };
};
