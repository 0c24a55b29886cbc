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
  /** Mandrill was not asked at all, since it is away. */
  untried?: true;
  /** Nobody is told, and nothing waits for it: whoever gave the address, which nobody has verified, has made a mistake. */
  untold?: true;
}

/** Why an e-mail is not to be sent at all, as its row and its view say it. */
const WITHHELD = {
  unverified: 'nobody has verified the address',
  superseded: 'its link was used or taken back, or another has taken its place',
};
export type WithheldFor = keyof typeof WITHHELD;

/** An e-mail that is not to be sent at all. */
export const withheld = (kind: WithheldFor) =>
  ({ sent: false, withheld: { kind, cause: WITHHELD[kind] } }) as const;

/** Whether what a row says of its last failure is none, but why the e-mail was withheld. */
export const isWithheldFor = (kind: string | undefined): boolean =>
  kind !== undefined && Object.hasOwn(WITHHELD, kind);

/** What became of a try to send an e-mail. One that is `withheld` is not to be sent at all, which is no failure. */
export type Delivery =
  | { sent: true; mandrill_id: string }
  | { sent: false; withheld?: undefined; failure: DeliveryFailure }
  | { sent: false; withheld: { kind: WithheldFor; cause: string } };

/** What became of a try that has failed. */
export const failed = (kind: DeliveryFailure['kind'], cause: string, permanent = false): Delivery => ({
  sent: false,
  failure: { kind, cause, permanent },
});

/** A failure as people read it, and as operators name it. */
export const causeOf = ({ kind, cause }: { kind: string; cause: string }): string => `${kind}: ${cause}`;

/** Failures that any other e-mail would meet as well, until Mandrill is back, or its key or its account is repaired. */
const AWAY: ReadonlySet<string> = new Set<DeliveryFailure['kind']>([
  'invalid-key',
  'payment-required',
  'timeout',
  'unreachable',
  'unintelligible',
]);
/** The errors by which Mandrill itself says that it fails; its others are about the e-mail. */
const FAILS_ITSELF: ReadonlySet<string> = new Set(
  ['GeneralError', 'ServiceUnavailable'].map((cause) => causeOf({ kind: 'mandrill-error', cause })),
);
/** What is wrong with an address, or with what became of e-mails to it, by Mandrill's `reject_reason`; its others are about us. */
const OF_THE_ADDRESS: ReadonlySet<string> = new Set(
  ['hard-bounce', 'soft-bounce', 'spam', 'unsub'].map((cause) => causeOf({ kind: 'rejected', cause })),
);

/** Whether Mandrill does not take an e-mail since its address is none that can be written to. */
export const isOfTheAddress = (failure: DeliveryFailure): boolean =>
  failure.kind === 'invalid' || OF_THE_ADDRESS.has(causeOf(failure));

/** Failures on our side, from which nothing can be learnt of Mandrill. */
const OURS: ReadonlySet<string> = new Set<DeliveryFailure['kind']>(['no-recipient', 'our-side']);

const isAway = (failure: DeliveryFailure): boolean =>
  AWAY.has(failure.kind) || FAILS_ITSELF.has(causeOf(failure));

/** What a try tells of Mandrill: that it answers, or that it is away for everybody; undefined when nothing. */
export const tellsOfMandrill = (delivery: Delivery): 'answers' | 'away' | undefined => {
  if (delivery.sent) return 'answers';
  if (delivery.withheld) return undefined;
  if (OURS.has(delivery.failure.kind)) return undefined;
  return isAway(delivery.failure) ? 'away' : 'answers';
};

const MINUTE_MS = 60 * 1_000;
/** The pauses after the first tries that fail; after each further one it is the last of them. */
const PAUSES_MS = [1, 2, 5, 10, 30, 60].map((minutes) => minutes * MINUTE_MS);
/** The longest pause while it is Mandrill that is away: once it is back, nobody's e-mail is to wait for an hour. */
const LONGEST_WHILE_AWAY_MS = 5 * MINUTE_MS;
/** For how long an e-mail is tried again. */
export const TRIED_FOR_MS = 24 * 60 * MINUTE_MS;

/** How far it has got with an e-mail. */
export interface Tries {
  /** How many tries have failed since then. */
  tries: number;
  /** Since when it is tried: since it was saved, or since an operator had it sent again. */
  tried_since: string;
}

/** How long after its 24 hours an e-mail may still be tried, if nothing has come of the last try. */
const SLACK_MS = 60 * MINUTE_MS;

/** Whether an e-mail has been tried for longer than any is: whoever tries it dies each time, and must not be fed for ever. */
export const isGivenUp = ({ tried_since }: Pick<Tries, 'tried_since'>, now: Date): boolean =>
  now.getTime() > Date.parse(tried_since) + TRIED_FOR_MS + SLACK_MS;

/** What is to be done about an e-mail that Mandrill did not take. */
export type NextStep = { state: 'unsent'; due_at: Date } | { state: 'parked' };

const pauseAfter = (failure: DeliveryFailure, tries: number): number => {
  const pause = PAUSES_MS[failure.untried ? 0 : tries] ?? PAUSES_MS.at(-1) ?? 0;
  return isAway(failure) ? Math.min(pause, LONGEST_WHILE_AWAY_MS) : pause;
};

/**
 * What follows a failed try: another after a pause, which grows, the last one when its 24 hours end; or none, and then an
 * operator has to look. An e-mail is not given up without a try after its time, unless Mandrill is away then. The pauses do
 * not vary: those that are due at once wait in a queue, which gives Mandrill a few at a time.
 *
 * @param tries those before this one
 */
export const nextStep = (failure: DeliveryFailure, { tries, tried_since }: Tries, now: Date): NextStep => {
  const end = Date.parse(tried_since) + TRIED_FOR_MS;
  const gaveUp = now.getTime() >= end;
  if (failure.permanent || gaveUp) return { state: 'parked' };
  return {
    state: 'unsent',
    due_at: new Date(Math.min(now.getTime() + pauseAfter(failure, tries), end)),
  };
};
