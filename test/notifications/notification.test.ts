import { describe, expect, it } from 'vitest';
import { alertMessageOf } from '../../functions/notifications/alert-message.ts';
import {
  NOTIFICATION_KINDS,
  type Notification,
  notificationView,
} from '../../functions/notifications/notification.ts';
import { aNotification } from '../support/notifications.ts';

const notification = aNotification();
const fits = (value: unknown): boolean => notificationView.safeParse(value).success;

describe('a notification as it is shown', () => {
  it('A notification may be about no order and no e-mail, and name rows', () => {
    expect(fits(notification)).toBe(true);
    expect(
      fits({ ...notification, last_order_id: null, last_email_id: null, unreadable_rows: ['ORDER#1 ORDER'] }),
    ).toBe(true);
    expect(fits({ ...notification, acknowledged_at: '2026-11-03', acknowledged_by: 'Ada' })).toBe(true);
  });

  it.each(Object.keys(notification))('A notification that is shown has its %s', (name) => {
    const { [name as keyof Notification]: _, ...rest } = notification;
    expect(fits(rest)).toBe(false);
  });

  it('A notification shows nothing else, such as what a row keeps of it', () => {
    expect(fits({ ...notification, pk: 'NOTIFICATION' })).toBe(false);
  });
});

describe('what people are alerted with', () => {
  const linesOf = (given: Partial<Notification> = {}) =>
    alertMessageOf({ ...notification, ...given }, { runbook: 'https://wiki.example/runbook' }).text.split(
      '\n',
    );

  it.each([
    ['mandrill-email-failed', /Mandrill/, /emails\/list/],
    ['email-parked', /parked/, /emails\/resend/],
    ['application-crash', /our side/, /log of the function/],
    ['identify-request-error', /before their route is identified/, /table/],
    ['check-failed', /check from outside/, /check run --stage production/],
    [
      'unreadable-row',
      /cannot be read/,
      /rows repair.*\nType: npm run ops -- rows list --stage production$/m,
    ],
    ['service-not-found', /service that is not deployed/, /Restore it/],
    ['route-not-found', /route that is not deployed/, /Restore it/],
  ])('An alert of the kind %s says first what it means, and later where to look', (kind, what, look) => {
    const [first, blank, ...rest] = linesOf({ kind });
    expect(first).toMatch(what);
    expect(blank).toBe('');
    expect(rest.join('\n')).toMatch(look);
  });

  it('An alert has a meaning of its own for each kind', () => {
    expect(new Set(NOTIFICATION_KINDS.map((kind) => linesOf({ kind })[0])).size).toBe(
      NOTIFICATION_KINDS.length,
    );
  });

  it.each(['of-a-later-release', 'constructor'])(
    'An alert of the kind %s, which this release does not know, says so, and where it is told',
    (kind) => {
      const lines = linesOf({ kind });
      expect(lines[0]).toMatch(/another release/);
      expect(lines.join('\n')).toMatch(/runbook of that release/);
      expect(lines).toContain('Cause: rejected: hard-bounce');
    },
  );

  it('An alert ends with which notification it is, where to acknowledge it and what follows', () => {
    const lines = linesOf();
    expect(lines.slice(-6, -2)).toEqual([
      '',
      expect.stringMatching(/emails\/resend/),
      'Type: npm run ops -- emails list --state parked --stage production',
      'What to do: https://wiki.example/runbook#emails-parked',
    ]);
    expect(lines.at(-2)).toMatch(
      /^It is notification 17 \(email-parked\) .*Acknowledge it.*alerted again, and each hour as long as it goes on and nobody acknowledges it\.$/,
    );
    expect(lines.at(-1)).toBe('');
  });
});
