import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rowOfSession } from '../../../functions/accounts/tokens.ts';
import type { Notification } from '../../../functions/notifications/notification.ts';
import type { SavedEmailView } from '../../../functions/outbox/email-view.ts';
import { randomId, randomToken } from '../../../functions/table/ids.ts';
import { TestStack } from '../../support/local-stack.ts';

const TEN_MINUTES_MS = 600_000;

/** What the team learns of what goes wrong, on the whole stack: from a request to the alert, the list and what is done about it. */
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

/** Has a request crash: a session whose user is not there. */
const crash = async () => {
  const token = randomToken('ses');
  const at = new Date().toISOString();
  const held = { client_id: null, employee: true, liaison_for: null };
  const session = {
    user_id: randomId(),
    name: 'Nu',
    held,
    remember_me: false,
    created_at: at,
    last_used_at: at,
  };
  await api.put(rowOfSession(token, session));
  const answer = await api.get('sessions/show', token);
  expect(answer).toMatchObject({ http: 500, status: 'application-crash' });
  return { request_id: answer.request_id };
};
const find = async (cause: string): Promise<Notification> => {
  const { data } = await api.get('notifications/list?limit=100', api.tokens.employee);
  const { notifications } = data as unknown as { notifications: Notification[] };
  return notifications.find((each) => each.cause === cause) as Notification;
};
const acknowledge = ({ notification_id }: Notification) =>
  api.post('notifications/acknowledge', { token: api.tokens.employee, notification_id });
/** What people were alerted with for a cause, since the stack has started. */
const alertsFor = (cause: string) => api.stack.alerts().filter(({ message }) => message.includes(cause));

it('Crashes of one kind alert people once until they are acknowledged, and when there is another again, after a pause', async () => {
  const cause = 'sessions/show: Error';
  const first = await crash();
  for (let time = 0; time < 4; time += 1) await crash();
  const last = await crash();
  const notification = await find(cause);
  expect(notification).toMatchObject({
    kind: 'application-crash',
    state: 'open',
    stage: 'dev',
    occurrences: 6,
    first_request_id: first.request_id,
    last_request_id: last.request_id,
    last_order_id: null,
  });

  await api.stack.runSchedules();
  await crash();
  await api.stack.runSchedules();
  expect(alertsFor(cause)).toHaveLength(1);
  const [alert] = alertsFor(cause);
  expect(alert).toMatchObject({ subject: 'Plano Orders (dev): application-crash' });
  expect(alert?.message).toContain(`It has occurred 6 times`);
  expect(readFileSync(join(api.stack.logs, 'alerts.log'), 'utf8')).toContain(alert?.message);

  await acknowledge(notification);
  await api.stack.runSchedules();
  await crash();
  await api.stack.runSchedules();
  expect(alertsFor(cause)).toHaveLength(1);
  const row = (await api.rows('NOTIFICATION')).find((each) => each.cause === cause);
  await api.put({ ...row, alerted_at: new Date(Date.now() - TEN_MINUTES_MS).toISOString() });
  await api.stack.runSchedules();
  expect(alertsFor(cause)).toHaveLength(2);
  expect(alertsFor(cause)[1]?.message).toMatch(
    /You were alerted before, on .+; it has occurred 2 times since\./,
  );
  expect(await find(cause)).toMatchObject({ state: 'open', occurrences: 8, acknowledged_by: null });
});

it('An e-mail that Mandrill refuses alerts people, is parked, and arrives when it is sent to a good address', async () => {
  const order = api.order('mail_rejected');
  const key = { 'idempotency-key': randomUUID() };
  const params = {
    token: api.tokens.employee,
    order_id: order.order_id,
    updated_at: order.updated_at,
    appointment: { appt_id: order.appt_id, cancel_reason: 'Rain' },
  };
  expect((await api.post('orders/update', params, key)).status).toBe('mandrill-email-failed');
  await api.stack.runSchedules();
  const subjects = alertsFor('rejected: hard-bounce').map(({ subject }) => subject);
  expect(subjects.toSorted()).toEqual([
    'Plano Orders (dev): email-parked',
    'Plano Orders (dev): mandrill-email-failed',
  ]);

  const { data } = await api.get('emails/list?state=parked', api.tokens.employee);
  const [email] = (data as unknown as { emails: SavedEmailView[] }).emails;
  expect(email).toMatchObject({ order_id: order.order_id, last_failure: { cause: 'hard-bounce' } });
  const [client] = await api.rows(`CLIENT#${order.client_id}`);
  await api.put({ ...client, email: 'mended@example.com' });
  await api.post('emails/resend', { token: api.tokens.employee, email_id: email?.email_id });
  await api.stack.runSchedules();
  const arrived = api.stack.messages().filter(({ metadata }) => metadata?.email_id === email?.email_id);
  expect(arrived).toHaveLength(1);
});

it('A route that is not on record alerts people, once for each reading of the records, and answers as ever', async () => {
  const record = (await api.rows('DEPLOYMENT')).find(({ sk }) => sk === 'ROUTE#orders/list');
  await api.remove({ pk: 'DEPLOYMENT', sk: 'ROUTE#orders/list' });
  // An instance that has read the records goes by them for 30 seconds: one before this, and this one in the next file.
  await api.stack.killFunction('plano-orders-dev-orders-list');
  for (let time = 0; time < 3; time += 1) {
    const answer = await api.get('orders/list', api.tokens.employee);
    expect(answer).toMatchObject({ http: 503, status: 'route-not-found' });
  }
  await api.stack.runSchedules();
  await api.put(record ?? {});
  await api.stack.killFunction('plano-orders-dev-orders-list');
  const [alert, ...others] = alertsFor('orders/list: no record');
  expect(others).toEqual([]);
  expect(alert?.subject).toBe('Plano Orders (dev): route-not-found');
  expect(await find('orders/list: no record')).toMatchObject({ kind: 'route-not-found', occurrences: 1 });
});

it('A run that goes well is heard of outside', async () => {
  const before = api.stack.heartbeats();
  await api.stack.runSchedules('plano-orders-dev-alert-team');
  expect(api.stack.heartbeats()).toBe(before + 1);
});

it('A job can be run by the name of its schedule alone', async () => {
  const outcomes = await api.stack.runSchedules('plano-orders-dev-alert-team');
  expect(outcomes).toEqual([{ ok: true, payload: { alerted: expect.any(Array) } }]);
  const response = await fetch(`${api.stack.control}/schedules/plano-orders-dev-find-due-emails`, {
    method: 'POST',
  });
  expect(await response.json()).toMatchObject([{ ok: true, payload: { due: expect.any(Number) } }]);
  expect((await fetch(`${api.stack.control}/schedules`, { method: 'POST' })).status).toBe(404);
});

it('A row that cannot be read alerts people once, whatever fails for it', async () => {
  const order_id = randomId();
  await api.put({ pk: `ORDER#${order_id}`, sk: 'ORDER', order_id, notes: 'for erin@example.com' });
  for (const route of ['orders/show', 'orders/history', 'orders/show']) {
    const answer = await api.get(`${route}?order_id=${order_id}`, api.tokens.employee);
    expect(answer).toMatchObject({ http: 500, status: 'application-crash' });
    await api.stack.runSchedules();
  }
  expect(alertsFor('UnreadableRow')).toEqual([]);
  expect(alertsFor('ORDER ORDER: client_id')).toHaveLength(1);
  expect(await find('ORDER ORDER: client_id')).toMatchObject({
    kind: 'unreadable-row',
    occurrences: 1,
    unreadable_rows: [`ORDER#${order_id} ORDER`],
  });
});
