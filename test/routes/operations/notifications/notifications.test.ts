import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../../../functions/contract/statuses.ts';
import type { Notification } from '../../../../functions/notifications/notification.ts';
import { catalogue } from '../../../../functions/routes/catalogue.ts';
import { partitions } from '../../../../functions/table/partitions.ts';
import { occur, tableBehind } from '../../../support/behind.ts';
import { type Answer, TestStack } from '../../../support/local-stack.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

interface Data {
  notifications: Notification[];
  next_cursor: string | null;
  notification: Notification;
}
const dataOf = (answer: Answer): Data => {
  expect(answer.status).toBe('action-successful');
  return answer.data as unknown as Data;
};
const list = async (query: Record<string, string> = {}): Promise<Data> =>
  dataOf(await api.get(`notifications/list?${new URLSearchParams(query)}`, api.tokens.employee));
/** All pages, one after the other. */
const listAll = async (query: Record<string, string>): Promise<Notification[]> => {
  const found: Notification[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await list({ ...query, ...(cursor && { cursor }) });
    found.push(...page.notifications);
    cursor = page.next_cursor;
  }
  return found;
};
const acknowledge = (notification_id: number, token = api.tokens.employee) =>
  api.post('notifications/acknowledge', { token, notification_id });
const withCause = async (cause: string, query = {}) =>
  (await listAll(query)).find((each) => each.cause === cause) as Notification;
const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 2, 9, 0, seconds));

describe.each(catalogue.filter(({ service }) => service === 'operations'))('$method $path', (route) => {
  const { method, path } = route;

  it.each<[keyof TestStack['tokens'], Status]>([
    ['client', 'permission-required'],
    ['liaison', 'permission-required'],
    ['no_role', 'client-required'],
    ['expired', 'session-expired'],
    ['application_read_only', 'invalid-token'],
  ])('A route of operations is not for the token %s: %s', async (name, status) => {
    const token = api.tokens[name];
    const answer = method === 'GET' ? await api.get(path, token) : await api.post(path, { token });
    expect(answer.status).toBe(status);
    expect(answer.data).toBeUndefined();
  });

  it.each(['employee', 'application'] as const)('A route of operations is for the token %s', async (name) => {
    const token = api.tokens[name];
    const answer = method === 'GET' ? await api.get(path, token) : await api.post(path, { token });
    expect(['action-successful', 'missing-param']).toContain(answer.status);
  });
});

describe('notifications/list', () => {
  it('A notification tells what happened, how often, first and last, and by which requests', async () => {
    const table = tableBehind(api);
    const { cause } = await occur(table, { order_id: 7, email_id: 8 }, at(1));
    await occur(table, { cause, request_id: 'second', email_id: 9 }, at(2));
    expect(await withCause(cause)).toEqual({
      notification_id: expect.any(Number),
      kind: 'application-crash',
      cause,
      state: 'open',
      stage: 'dev',
      occurrences: 2,
      first_at: at(1).toISOString(),
      last_at: at(2).toISOString(),
      first_request_id: 'first',
      last_request_id: 'second',
      last_order_id: null,
      last_email_id: 9,
      unreadable_rows: [],
      acknowledged_at: null,
      acknowledged_by: null,
    });
  });

  it.each<[Record<string, string>, string[]]>([
    [{}, ['open', 'acknowledged']],
    [{ state: 'open' }, ['open']],
    [{ state: 'acknowledged' }, ['acknowledged']],
  ])(
    'The list of notifications has those of %j page by page, the newest first, each once',
    async (query, states) => {
      const table = tableBehind(api);
      // Two each at one time.
      const made = await Promise.all(
        Array.from({ length: 9 }, (_, index) => occur(table, {}, at(20 + Math.floor(index / 2)))),
      );
      for (const { cause } of made.slice(0, 4)) {
        await acknowledge((await withCause(cause)).notification_id);
      }
      const all = (await list({ limit: '100' })).notifications;
      const paged = await listAll({ ...query, limit: '2' });
      expect(paged).toEqual(all.filter(({ state }) => states.includes(state)));
      const causes = made.filter((_, index) => states.includes(index < 4 ? 'acknowledged' : 'open'));
      expect(paged.map(({ cause }) => cause)).toEqual(
        expect.arrayContaining(causes.map(({ cause }) => cause)),
      );
      const times = paged.map(({ last_at }) => last_at);
      expect(times).toEqual(times.toSorted().toReversed());
    },
  );

  it('The list of notifications refuses a state, a limit or a cursor that is none, or is of another list', async () => {
    const { next_cursor } = await list({ limit: '1' });
    const refused = async (query: Record<string, string>) =>
      (await api.get(`notifications/list?${new URLSearchParams(query)}`, api.tokens.employee)).errors;
    expect(await refused({ state: 'closed' })).toMatchObject([{ param: 'state', code: 'not-one-of' }]);
    expect(await refused({ limit: '101' })).toMatchObject([{ param: 'limit', code: 'too-large' }]);
    expect(await refused({ cursor: 'x' })).toMatchObject([{ param: 'cursor', code: 'malformed' }]);
    expect(await refused({ cursor: next_cursor ?? '', state: 'open' })).toMatchObject([
      { param: 'cursor', code: 'other-list' },
    ]);
  });
});

describe('notifications/acknowledge', () => {
  it('A notification that is acknowledged says by whom, and a second time changes nothing', async () => {
    const { cause } = await occur(tableBehind(api));
    const before = await withCause(cause);
    const { notification } = dataOf(await acknowledge(before.notification_id));
    expect(notification).toEqual({
      ...before,
      state: 'acknowledged',
      acknowledged_at: expect.stringMatching(/^20.*Z$/),
      acknowledged_by: 'Emil Stone',
    });
    const again = dataOf(await acknowledge(before.notification_id, api.tokens.application));
    expect(again.notification).toEqual(notification);
    expect(await withCause(cause)).toEqual(notification);
  });

  it('A notification is acknowledged until it occurs again, which opens it with all that was counted', async () => {
    const { cause } = await occur(tableBehind(api));
    const { notification_id, first_at } = await withCause(cause);
    await acknowledge(notification_id);
    await occur(tableBehind(api), { cause, request_id: 'second' });
    expect(await withCause(cause, { state: 'open' })).toMatchObject({
      notification_id,
      occurrences: 2,
      first_at,
      first_request_id: 'first',
      unreadable_rows: [],
      acknowledged_at: null,
      acknowledged_by: null,
    });
  });

  it('A notification that several acknowledge at once is acknowledged by one of them, as all are told and the audit trail says', async () => {
    const { cause } = await occur(tableBehind(api));
    const { notification_id } = await withCause(cause);
    const { employee, application } = api.tokens;
    const answers = await Promise.all(
      [employee, application, employee, application].map((token) => acknowledge(notification_id, token)),
    );
    const acknowledged = await withCause(cause);
    expect(acknowledged.state).toBe('acknowledged');
    for (const answer of answers) expect(dataOf(answer).notification).toEqual(acknowledged);
    const audited = (await api.rowsStarting(partitions.audit)).filter(({ about }) =>
      isDeepStrictEqual(about, { kind: 'notification', id: notification_id }),
    );
    expect(audited).toHaveLength(1);
  });

  it('A notification that is not there cannot be acknowledged', async () => {
    expect(await acknowledge(1)).toMatchObject({
      http: 400,
      status: 'invalid-param',
      errors: [{ param: 'notification_id', code: 'not-found' }],
    });
  });
});
