/**
 * Why Mandrill did not take an e-mail. `cause` tells apart what has to be repaired apart (a reject reason, an error's
 * name); it never holds an address. A permanent failure would fail again at every retry.
 */
export interface DeliveryFailure {
  kind:
    | 'rejected'
    | 'invalid'
    | 'invalid-key'
    | 'payment-required'
    | 'mandrill-error'
    | 'timeout'
    | 'unreachable'
    | 'unintelligible'
    | 'no-recipient'
    | 'our-side';
  cause: string;
  permanent: boolean;
}

/** What became of a try to send an e-mail. */
export type Delivery = { sent: true; mandrill_id: string } | { sent: false; failure: DeliveryFailure };

const MINUTE_MS = 60 * 1_000;
/** The pauses after the first attempts; after each further one it is the last of them. */
const PAUSES_MS = [1, 2, 5, 10, 30, 60].map((minutes) => minutes * MINUTE_MS);
/** For how long an e-mail is tried again. */
export const TRIED_FOR_MS = 24 * 60 * MINUTE_MS;

/** How far it has got with an e-mail. */
export interface Tries {
  /** How many attempts were made, at least one. */
  attempts: number;
  /** Since when it is tried: since it was saved, or since an operator had it sent again. */
  tried_since: string;
}

/** How long after its 24 hours an e-mail may still be tried, if nothing has come of the last try. */
const SLACK_MS = 60 * MINUTE_MS;

/** Whether an e-mail has been tried for longer than any is: whoever tries it dies each time, and must not be fed for ever. */
export const isGivenUp = ({ tried_since }: Tries, now: Date): boolean =>
  now.getTime() > Date.parse(tried_since) + TRIED_FOR_MS + SLACK_MS;

/** What is to be done about an e-mail that Mandrill did not take. */
export type NextStep = { state: 'unsent'; due_at: Date } | { state: 'parked' };

/**
 * What follows a failed attempt: another after a pause, which grows, the last one when its 24 hours end; or none, and
 * then an operator has to look. An e-mail is never given up without an attempt after its time. The pauses do not vary:
 * those that are due at once wait in a queue, which gives Mandrill a few at a time.
 */
export const nextStep = (
  { permanent }: Pick<DeliveryFailure, 'permanent'>,
  { attempts, tried_since }: Tries,
  now: Date,
): NextStep => {
  const end = Date.parse(tried_since) + TRIED_FOR_MS;
  const gaveUp = now.getTime() >= end;
  if (permanent || gaveUp) return { state: 'parked' };
  const pause = PAUSES_MS[attempts - 1] ?? PAUSES_MS.at(-1) ?? 0;
  return { state: 'unsent', due_at: new Date(Math.min(now.getTime() + pause, end)) };
};
