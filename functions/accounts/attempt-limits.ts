const MINUTE_MS = 60 * 1_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How many attempts of a kind count in a time; past that, all of them are refused until enough are forgotten. */
export interface AttemptLimit {
  kind:
    | 'sign-in'
    | 'sign-in-source'
    | 'registration'
    | 'registration-source'
    | 'message'
    | 'reset'
    | 'reset-source';
  most: number;
  withinMs: number;
}

/** Failed sign-ins for one e-mail address, whether there is such a user or not, whichever network asks. */
export const SIGN_IN_LIMIT: AttemptLimit = { kind: 'sign-in', most: 10, withinMs: 15 * MINUTE_MS };
/** Failures to prove who one is, from one source, for whichever e-mail addresses. */
export const SIGN_IN_SOURCE_LIMIT: AttemptLimit = { kind: 'sign-in-source', most: 100, withinMs: HOUR_MS };
/** Registrations from one source that told it that an e-mail address is taken. */
export const REGISTRATION_LIMIT: AttemptLimit = { kind: 'registration', most: 30, withinMs: HOUR_MS };
/** Registrations from one source, whatever has become of them. */
export const REGISTRATION_SOURCE_LIMIT: AttemptLimit = {
  kind: 'registration-source',
  most: 100,
  withinMs: HOUR_MS,
};
/** Requests for another password from one source, for whichever addresses. */
export const RESET_SOURCE_LIMIT: AttemptLimit = { kind: 'reset-source', most: 100, withinMs: HOUR_MS };
/**
 * Links by which another password is set, to one address that is verified. They are counted for as long as each holds, so that whoever
 * is refused another has one that holds: a stranger who asks for them keeps nobody out.
 */
export const RESET_LIMIT: AttemptLimit = { kind: 'reset', most: 3, withinMs: HOUR_MS };
/** Messages to one e-mail address that nobody has verified; anybody can have them sent there who knows it. */
export const MESSAGE_LIMIT: AttemptLimit = { kind: 'message', most: 5, withinMs: 24 * HOUR_MS };

/** The attempts that still count, oldest first; times are in milliseconds since the epoch. */
export const countedAttempts = (
  attempts: readonly number[],
  { withinMs }: AttemptLimit,
  now: Date,
): number[] => attempts.filter((time) => time > now.getTime() - withinMs);

/**
 * Seconds until another attempt is let through; undefined if one is now. What is refused does not count as an attempt.
 */
export const refusedFor = (
  attempts: readonly number[],
  limit: AttemptLimit,
  now: Date,
): number | undefined => {
  const counted = countedAttempts(attempts, limit, now);
  const [deciding] = counted.slice(-limit.most);
  if (counted.length < limit.most || deciding === undefined) return undefined;
  return Math.ceil((deciding + limit.withinMs - now.getTime()) / 1_000);
};
