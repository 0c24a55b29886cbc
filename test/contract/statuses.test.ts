import { describe, expect, it } from 'vitest';
import { docsOfStatus } from '../../functions/contract/status-docs.ts';
import { type Retry, renderingOf, type Status, statuses } from '../../functions/contract/statuses.ts';

/** The contract's table, by hand. */
const PROMISED: Record<Status, number> = {
  'action-successful': 200,
  'invalid-content-type': 400,
  'invalid-encoded-params': 400,
  'no-params-decoded': 400,
  'missing-param': 400,
  'invalid-param': 400,
  'invalid-token': 401,
  'session-expired': 401,
  'client-required': 401,
  'permission-required': 403,
  'too-many-attempts': 429,
  'application-crash': 500,
  'mandrill-email-failed': 500,
  'route-non-existent': 500,
  'identify-request-error': 500,
  'service-not-found': 503,
  'route-not-found': 503,
};

const PROMISED_RETRY_AFTER = [
  'too-many-attempts',
  'identify-request-error',
  'service-not-found',
  'route-not-found',
];

/** Whether what was answered so may be sent again. All else would be answered the same. */
const PROMISED_RETRY: Partial<Record<Status, Retry>> = {
  'too-many-attempts': 'after-pause',
  'identify-request-error': 'after-pause',
  'service-not-found': 'after-pause',
  'route-not-found': 'after-pause',
  'application-crash': 'same-key',
  'mandrill-email-failed': 'same-key',
};

describe('the statuses', () => {
  it('The statuses are those of the contract', () => {
    expect(Object.keys(statuses).sort()).toEqual(Object.keys(PROMISED).sort());
  });

  it.each(Object.entries(PROMISED) as [Status, number][])(
    'The status %s is sent with HTTP %i',
    (status, http) => {
      expect(renderingOf(status).http).toBe(http);
    },
  );

  it.each(Object.keys(PROMISED) as Status[])('The status %s says something in a whole sentence', (status) => {
    expect(renderingOf(status).message).toMatch(/^[A-Z].+\.$/);
  });

  it.each(Object.keys(PROMISED) as Status[])(
    'The status %s says when to try again if it promises to',
    (status) => {
      const { retryAfter } = renderingOf(status);
      expect(retryAfter !== undefined).toBe(PROMISED_RETRY_AFTER.includes(status));
      if (retryAfter !== undefined) expect(retryAfter).toBeGreaterThan(0);
    },
  );

  it.each(Object.keys(PROMISED) as Status[])(
    'The status %s says whether it makes sense to send again',
    (status) => {
      expect(renderingOf(status).retry).toBe(PROMISED_RETRY[status] ?? 'never');
    },
  );

  it.each(Object.keys(PROMISED) as Status[])('The status %s is explained in whole sentences', (status) => {
    const { meaning, advice } = docsOfStatus(status);
    for (const text of [meaning, advice]) expect(text).toMatch(/^[A-Z`].+\.$/);
  });
});
