import type { SessionView } from '../contract/session-view.ts';
import { type HeldRoles, rolesOf } from './caller.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A session lives for 7 days (the original API's rule). */
const MAX_AGE_MS = 7 * DAY;
/** A session that was not used for 72 hours has expired (the original API's rule). */
const MAX_IDLE_MS = 72 * HOUR;
/** How far the recorded last use may lag behind the true one, so that few requests have to record it. */
const LAST_USE_LAG_MS = 5 * MINUTE;
/** A user has at most so many sessions: the next one ends another. */
export const MOST_SESSIONS = 50;
/** For how long an expired session still answers that it has expired. */
const REMEMBERED_AS_EXPIRED_MS = 30 * DAY;

/** A user's session. Times are ISO 8601, UTC. */
export interface Session {
  user_id: number;
  name: string;
  held: HeldRoles;
  remember_me: boolean;
  created_at: string;
  last_used_at: string;
}

/** A session and its token, which nobody knows but its owner. */
export interface OpenedSession {
  token: string;
  session: Session;
}

/**
 * When a session expires, in milliseconds since the epoch: never, if it was made with `remember_me`. Since the recorded
 * last use lags by up to `LAST_USE_LAG_MS`, that much is granted on top of the 72 hours: a session never expires early.
 */
export const expiryOf = (session: Session): number =>
  session.remember_me
    ? Number.POSITIVE_INFINITY
    : Math.min(
        Date.parse(session.created_at) + MAX_AGE_MS,
        Date.parse(session.last_used_at) + MAX_IDLE_MS + LAST_USE_LAG_MS,
      );

/** What a session is worth: `live`, `expired`, or `forgotten` 30 days after it has expired. */
export const stateOf = (session: Session, now: Date): 'live' | 'expired' | 'forgotten' => {
  const expiry = expiryOf(session);
  if (now.getTime() <= expiry) return 'live';
  return now.getTime() <= expiry + REMEMBERED_AS_EXPIRED_MS ? 'expired' : 'forgotten';
};

/**
 * When nobody can be told any more that a session has expired, however lately it was used, in milliseconds since the epoch;
 * undefined for one that never expires.
 */
export const forgottenAt = ({
  created_at,
  remember_me,
}: Pick<Session, 'created_at' | 'remember_me'>): number | undefined =>
  remember_me ? undefined : Date.parse(created_at) + MAX_AGE_MS + REMEMBERED_AS_EXPIRED_MS;

/** Where a session stands among others of which some have to end; one that cannot be read stands last. */
const rankOf = (session: Session | undefined, now: Date): string =>
  session === undefined ? '2' : `${stateOf(session, now) === 'live' ? 1 : 0}${session.last_used_at}`;

/** Sessions in the order in which they end when there are too many: expired ones first, then those unused for longest. */
export const inOrderOfEnding = <Kept extends { session: Session | undefined }>(
  sessions: readonly Kept[],
  now: Date,
): Kept[] =>
  sessions.toSorted((one, other) => (rankOf(one.session, now) < rankOf(other.session, now) ? -1 : 1));

/** Whether this use of a session must be recorded for the recorded last use not to lag too far. */
export const mustRecordUse = (session: Session, now: Date): boolean =>
  now.getTime() - Date.parse(session.last_used_at) >= LAST_USE_LAG_MS;

/** When a session expires if it is not used before, in ISO 8601; null if never. */
export const expiresAtOf = (session: Session): string | null => {
  const expiry = expiryOf(session);
  return Number.isFinite(expiry) ? new Date(expiry).toISOString() : null;
};

/** A session as its owner, who has the token, sees it. */
export const viewOf = ({ token, session }: OpenedSession): SessionView => ({
  token,
  user_id: session.user_id,
  name: session.name,
  roles: rolesOf(session.held),
  remember_me: session.remember_me,
  created_at: session.created_at,
  last_used_at: session.last_used_at,
  expires_at: expiresAtOf(session),
});
