import type { Deadline } from '../../../table/deadline.ts';
import { type Delivery, failed, withheld } from '../../delivery.ts';
import { type EmailContent, isSecret } from '../../email.ts';
import { emailEnvironmentSchema } from '../../environment.ts';
import type { EmailAtHand } from '../../outbox-row.ts';
import { sendThroughMandrill } from './mandrill.ts';
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

/** What it takes to hand e-mails over, for the time of one invocation. */
export interface Means {
  /** Makes what an e-mail says that carries a secret; undefined if it is not to be sent any more. */
  secretOf(email: EmailAtHand): Promise<EmailContent | undefined>;
  /** What is read as `emailEnvironmentSchema` says. */
  environment: Record<string, string | undefined>;
  deadline: Deadline;
  /** Hears of faults of ours that the client need not know of. */
  report(fault: unknown): void;
  /** Hears how long Mandrill was waited for, in milliseconds, each time that it is asked. */
  waited(milliseconds: number): void;
}

type Texts = Pick<EmailContent, 'text' | 'html'>;

/**
 * What an e-mail says. What is a secret is made now, so that it is in no row. A release before this one has saved it with the others: that
 * is sent as it is.
 */
const textsOf = async (email: EmailAtHand, { secretOf }: Means): Promise<Texts | undefined> => {
  const { text, html } = email;
  if (text !== undefined && html !== undefined) return { text, html };
  return isSecret(email) ? secretOf(email) : undefined;
};

/** Hands an e-mail to Mandrill, and tells what became of it. */
export type HandOver = (email: EmailAtHand, recipient: Recipient) => Promise<Delivery>;

/**
 * Gives what hands the e-mails of one invocation to Mandrill, with the key that is known or else with the one that has taken its
 * place; the key is read once at most.
 *
 * This file and what it imports, Mandrill's client and SSM's, is loaded as `#hand-over` with the first e-mail, since it is as
 * large as all the rest of a function. What the rest imports as well is in both, so that it should be little.
 *
 * @throws ZodError if the function has no environment for e-mail
 */
export const handOverWith = (means: Means): HandOver => {
  const { environment, deadline, report, waited } = means;
  const { MANDRILL_KEY_PARAMETER, MANDRILL_URL, MANDRILL_PATIENCE_MS, EMAIL_FROM, EMAIL_FROM_NAME } =
    emailEnvironmentSchema.parse(environment);
  const key = new Secret(MANDRILL_KEY_PARAMETER);
  const from = { email: EMAIL_FROM, name: EMAIL_FROM_NAME };
  const wait = () => Math.max(0, Math.min(MANDRILL_PATIENCE_MS, deadline.remaining() - BOOKKEEPING_MS));

  return async (email, { email: address, name, email_verified = true }) => {
    const sendWith = async (value: string, { text, html }: Texts): Promise<Delivery> => {
      const timeout = wait();
      // To Mandrill's client, a time-out of 0 is none at all.
      if (timeout === 0) return failed('our-side', 'no time left');
      const startedAt = performance.now();
      const delivery = await sendThroughMandrill(
        { url: MANDRILL_URL, key: value, from },
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
    // No link is made, and no code hashed, that there is no time to send.
    if (wait() === 0) return failed('our-side', 'no time left');
    const texts = await textsOf(email, means);
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
};
