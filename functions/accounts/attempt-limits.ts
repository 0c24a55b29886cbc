const MINUTE_MS = 60 * 1_000;

/** How many attempts of a kind may fail in a time; past that, all of them are refused until enough are forgotten. */
export interface AttemptLimit {
  kind: 'sign-in' | 'registration';
  most: number;
  withinMs: number;
}

/** Failed sign-ins for one e-mail address, whether there is such a user or not. */
export const SIGN_IN_LIMIT: AttemptLimit = { kind: 'sign-in', most: 10, withinMs: 15 * MINUTE_MS };
/** Registrations from one address that told it that an e-mail address is taken. */
export const REGISTRATION_LIMIT: AttemptLimit = { kind: 'registration', most: 30, withinMs: 60 * MINUTE_MS };

/** The failures that still count, oldest first; times are in milliseconds since the epoch. */
export const countedFailures = (
  failures: readonly number[],
  { withinMs }: AttemptLimit,
  now: Date,
): number[] => failures.filter((time) => time > now.getTime() - withinMs);

/**
 * Seconds until another attempt is let through; undefined if one is now. What is refused does not count as an attempt.
 */
export const refusedFor = (
  failures: readonly number[],
  limit: AttemptLimit,
  now: Date,
): number | undefined => {
  const counted = countedFailures(failures, limit, now);
  const [deciding] = counted.slice(-limit.most);
  if (counted.length < limit.most || deciding === undefined) return undefined;
  return Math.ceil((deciding + limit.withinMs - now.getTime()) / 1_000);
};
