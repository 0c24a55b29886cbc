import { type Status, statuses } from '../../functions/contract/statuses.ts';

/**
 * What a status says about sending the same request again: not to; to do so with the same idempotency key; or to do so after the
 * pause that `retry-after` says, since nothing was begun.
 */
export type Retry = 'never' | 'same-key' | 'after-pause';

/** Stands in for a member `retry` of the table of statuses until that has one. */
const UNTIL_SAID: Record<Status, Retry> = {
  'action-successful': 'never',
  'invalid-content-type': 'never',
  'invalid-encoded-params': 'never',
  'no-params-decoded': 'never',
  'missing-param': 'never',
  'invalid-param': 'never',
  'invalid-token': 'never',
  'session-expired': 'never',
  'client-required': 'never',
  'permission-required': 'never',
  'too-many-attempts': 'after-pause',
  'application-crash': 'same-key',
  // It is saved, and the e-mail is sent later without anybody's doing.
  'mandrill-email-failed': 'never',
  'route-non-existent': 'never',
  'identify-request-error': 'after-pause',
  'service-not-found': 'after-pause',
  'route-not-found': 'after-pause',
};

/** What each status says about sending again, in the order of the table of statuses. */
export const retries = (): [Status, Retry][] =>
  (Object.entries(statuses) as [Status, { retry?: Retry }][]).map(([status, { retry }]) => [
    status,
    retry ?? UNTIL_SAID[status],
  ]);
