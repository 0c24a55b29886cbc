import { describe, expect, it } from 'vitest';
import { alertMessageOf } from '../../functions/notifications/alert-message.ts';
import { NOTIFICATION_KINDS } from '../../functions/notifications/notification.ts';
import { aNotification } from '../support/notifications.ts';

const runbook = 'https://wiki.example/runbook';

it('An alert says what, why, where, how often and since when, and what to do', () => {
  const { subject, text } = alertMessageOf(aNotification(), { runbook });
  expect(subject).toBe('Plano Orders (production): email-parked');
  for (const part of [
    'An e-mail is parked',
    'Cause: rejected: hard-bounce',
    'Stage: production',
    'It has occurred 3 times, first on 2026-11-02 at 09:30:00 UTC, last on 2026-11-03 at 10:00:05 UTC.',
    'The last was about request last, order 7, e-mail 8.',
    'notification 17',
  ]) {
    expect(text).toContain(part);
  }
});

it('An alert leaves out what there is not', () => {
  const { text } = alertMessageOf(
    aNotification({ occurrences: 1, last_order_id: null, last_email_id: null }),
    { runbook },
  );
  expect(text).toContain('It has occurred once,');
  expect(text).toContain('The last was about request last.');
  expect(text).not.toContain('alerted before');
});

it.each([
  [1, 'it has occurred 2 times since.'],
  [2, 'it has occurred once since.'],
] as const)('An alert about what goes on says since when, and how often: %s before', (occurrences, words) => {
  const former = { at: '2026-11-03T08:59:59.000Z', occurrences };
  const { text } = alertMessageOf(aNotification(), { runbook, former });
  expect(text).toContain(`You were alerted before, on 2026-11-03 at 08:59:59 UTC; ${words}`);
});

describe.each(NOTIFICATION_KINDS)('an alert of the kind %s', (kind) => {
  it.each(['dev', 'staging', 'production'])('An alert in %s has a subject that SNS takes', (stage) => {
    expect(alertMessageOf(aNotification({ kind, stage }), { runbook }).subject).toMatch(/^[!-~][ -~]{0,98}$/);
  });
});
