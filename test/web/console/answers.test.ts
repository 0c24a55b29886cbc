import { describe, expect, it } from 'vitest';
import type { DeployedRoute, DeployedService, Email, Notification } from '../../../client/src/index.ts';
import { isDeployments, isEmail, isEmails, isNotifications } from '../../../web/console/answers.ts';

const AT = '2026-11-26T09:00:00.000Z';

/** As release 0.2 answers it, which does not name rows. */
const notification: Omit<Notification, 'unreadable_rows'> = {
  notification_id: 1,
  kind: 'email-parked',
  cause: 'rejected: hard-bounce',
  state: 'open',
  stage: 'dev',
  occurrences: 2,
  first_at: AT,
  last_at: AT,
  first_request_id: 'first',
  last_request_id: 'last',
  last_order_id: 2,
  last_email_id: 3,
  acknowledged_at: null,
  acknowledged_by: null,
};

const email: Email = {
  email_id: 3,
  kind: 'order-received',
  subject: 'We have your order',
  client_id: 4,
  user_id: null,
  order_id: 2,
  request_id: 'first',
  state: 'parked',
  attempts: 1,
  created_at: AT,
  due_at: null,
  last_failure: { kind: 'rejected', cause: 'rejected: hard-bounce', at: AT },
  sent_at: null,
};

const service: DeployedService = {
  name: 'orders',
  state: 'deployed',
  release: '1.0.0',
  deployed_at: AT,
  withdrawn_at: null,
};
const route: DeployedRoute = {
  ...service,
  name: 'orders/update',
  service: 'orders',
  method: 'POST',
  purpose: 'Changes an order.',
  version: '7',
};

const ofNotification = (one: object) => isNotifications({ notifications: [one], next_cursor: null });
const ofEmails = (one: object) => isEmails({ emails: [email, one], next_cursor: null });
const ofEmail = (one: object) => isEmail({ email: one });
const ofService = (one: object) => isDeployments({ services: [one], routes: [route] });
const ofRoute = (one: object) => isDeployments({ services: [service], routes: [one] });

describe.each([
  ['a notification', notification, ofNotification],
  ['an e-mail of a list', email, ofEmails],
  ['an e-mail', email, ofEmail],
  ['a service', service, ofService],
  ['a route', route, ofRoute],
])('what the console understands of %s', (what, whole: object, isUnderstood) => {
  it(`The console understands ${what} of this release, and of a later one that says more`, () => {
    expect(isUnderstood(whole)).toBe(true);
    expect(isUnderstood({ ...whole, kind: 'unheard-of', state: 'unheard-of', more: {} })).toBe(true);
  });

  it.each(Object.keys(whole))(
    `The console does not understand ${what} without %s, which it shows`,
    (field) => {
      expect(isUnderstood({ ...whole, [field]: undefined })).toBe(false);
    },
  );
});
