import { describe, expect, it } from 'vitest';
import { alertMessageOf } from '../../functions/notifications/alert-message.ts';
import { NOTIFICATION_KINDS } from '../../functions/notifications/notification.ts';
import { aNotification } from '../support/notifications.ts';

it('An alert says what, why, where, how often and since when, and what to do', () => {
  const { subject, text } = alertMessageOf(aNotification());
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
  );
  expect(text).toContain('It has occurred once,');
  expect(text).toContain('The last was about request last.');
});

describe.each(NOTIFICATION_KINDS)('an alert of the kind %s', (kind) => {
  it.each(['dev', 'staging', 'production'])('An alert in %s has a subject that SNS takes', (stage) => {
    expect(alertMessageOf(aNotification({ kind, stage })).subject).toMatch(/^[!-~][ -~]{0,98}$/);
  });
});
