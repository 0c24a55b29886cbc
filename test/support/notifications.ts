import type { Notification } from '../../functions/notifications/notification.ts';

/** A notification of an e-mail that is parked, but for what is given of it. */
export const aNotification = (given: Partial<Notification> = {}): Notification => ({
  notification_id: 17,
  kind: 'email-parked',
  cause: 'rejected: hard-bounce',
  state: 'open',
  stage: 'production',
  occurrences: 3,
  first_at: '2026-11-02T09:30:00.000Z',
  last_at: '2026-11-03T10:00:05.123Z',
  first_request_id: 'first',
  last_request_id: 'last',
  last_order_id: 7,
  last_email_id: 8,
  unreadable_rows: [],
  acknowledged_at: null,
  acknowledged_by: null,
  ...given,
});
