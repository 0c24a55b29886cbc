import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenKey } from '../../functions/accounts/tokens.ts';
import { clientList } from '../../functions/orders/order-row.ts';
import type { Email } from '../../functions/outbox/email.ts';
import { shardOf } from '../../functions/outbox/outbox-index.ts';
import type { Key, Row } from '../../functions/table/row.ts';
import type { DemoOrder } from '../../infra/local/demo.ts';
import { accountCommands } from '../../ops/accounts.ts';
import { applicationCommands } from '../../ops/applications.ts';
import { deploymentCommands } from '../../ops/deployment.ts';
import { emailCommands } from '../../ops/emails.ts';
import { rowCommands } from '../../ops/rows.ts';
import { occur, tableBehind, waitingEmail } from '../support/behind.ts';
import { TestStack } from '../support/local-stack.ts';
import { tryOps } from '../support/ops.ts';

/** On the whole stack: of each kind a row that cannot be read stands among others, and everybody goes on with the others. */
let api: TestStack;
let order: DemoOrder;
let email: Email;
let cause: string;
let poison: Record<string, Row & Key>;

const PAST = '2026-11-01T00:00:00.000Z';
const UNREADABLE_EMAIL = 4712;

const poisonRows = async (): Promise<Record<string, Row & Key>> => {
  const { pk } = tokenKey(api.tokens.employee);
  const [{ user_id } = {}] = await api.rows(pk);
  return {
    order: {
      pk: 'ORDER#4711',
      sk: 'ORDER',
      client_list: clientList(order.client_id, 'open'),
      shared_list: 'ORDERS#0#open',
      listed_at: '2999-01-01T00:00:00.000Z#0000000000004711',
    },
    history: { pk: `ORDER#${order.order_id}`, sk: `HISTORY#${PAST}#0`, changes: 'many' },
    email: {
      pk: `EMAIL#${UNREADABLE_EMAIL}`,
      sk: 'EMAIL',
      unsent: shardOf(UNREADABLE_EMAIL),
      due_at: PAST,
      state: 'unsent',
      attempts: 1,
    },
    notification: { pk: 'NOTIFICATION', sk: 'odd#1', state: 'open' },
    service: { pk: 'DEPLOYMENT', sk: 'SERVICE#odd', name: 7 },
    route: { pk: 'DEPLOYMENT', sk: 'ROUTE#odd/odd', name: 7 },
    use: { pk: pk.replace('TOKEN#', 'USED#'), sk: 'USED', last_used_at: 7 },
    application: { pk: 'APPLICATION', sk: 'APPLICATION#4714', name: 7 },
    session: { pk: 'TOKEN#4715', sk: 'TOKEN', kind: 'session', user_id },
    pointer: { pk: `USER#${user_id}`, sk: 'SESSION#odd' },
    listed: { pk: 'USERS', sk: 'USER#2026' },
  };
};

beforeAll(async () => {
  api = await TestStack.start();
  order = api.freshOrder();
  email = await waitingEmail(tableBehind(api), 'unsent', {
    client_id: order.client_id,
    at: new Date(Date.now() - 3_600_000),
  });
  cause = (await occur(tableBehind(api))).cause;
  poison = await poisonRows();
  for (const row of Object.values(poison)) await api.put(row);
  await api.put({
    pk: poison.pointer?.pk,
    sk: `SESSION#${poison.session?.pk}`,
    token_pk: poison.session?.pk,
  });
});
afterAll(() => api.stop());

const ops = async (commands: Parameters<typeof tryOps>[0], ...words: string[]) => {
  const { printed, failure } = await tryOps(commands, api.target, ...words);
  expect(failure).toBeUndefined();
  return printed;
};
const key = (name: string): [string, string] => [String(poison[name]?.pk), String(poison[name]?.sk)];

describe('while rows of all kinds cannot be read', () => {
  it.each([1, 2])(
    'Everybody reads what stands beside rows that cannot be read, the %s. time too',
    async () => {
      for (const token of [api.tokens.employee, api.tokens.client]) {
        const { status, data } = await api.get('orders/list?limit=100', token);
        expect(status).toBe('action-successful');
        expect(data?.orders.map(({ order_id }) => order_id)).toContain(order.order_id);
        const shown = await api.get(`orders/history?order_id=${order.order_id}`, token);
        expect(shown.data?.history).toHaveLength(1);
      }
      for (const [path, found] of [
        ['notifications/list?limit=100', cause],
        ['emails/list?limit=100', String(email.email_id)],
        ['deployments/list', 'orders/update'],
      ]) {
        const answer = await api.get(path ?? '', api.tokens.employee);
        expect(answer.status).toBe('action-successful');
        expect(JSON.stringify(answer.data)).toContain(found);
      }
    },
  );

  it('Operators see what stands beside rows that cannot be read', async () => {
    expect(await ops(emailCommands, 'emails', 'list')).toContain(String(email.email_id));
    expect(await ops(applicationCommands, 'applications', 'list')).toContain('Dispatch');
    expect(await ops(deploymentCommands, 'routes', 'list')).toContain('orders/update');
    expect(await ops(deploymentCommands, 'services', 'list')).toContain('orders');
    expect(await ops(accountCommands, 'users', 'show', 'emil.stone@example.com')).toContain('live');
  });

  it('The retry sends what is due beside an e-mail that cannot be read, and people are alerted', async () => {
    const outcomes = await api.stack.runSchedules();
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    const arrived = api.stack.messages().filter(({ metadata }) => metadata?.email_id === email.email_id);
    expect(arrived).toHaveLength(1);
    expect(api.stack.alerts().filter(({ message }) => message.includes(cause))).toHaveLength(1);
    // It is not tried for ever: nobody finds it due any more.
    const [row] = await api.rows(`EMAIL#${UNREADABLE_EMAIL}`);
    expect(row).toMatchObject({ unsent: 'PARKED' });
  });

  it('A role reaches the sessions that can be read beside one that cannot', async () => {
    const printed = await ops(accountCommands, 'liaisons', 'grant', String(poison.session?.user_id));
    expect(printed).toContain('liaison');
    const { session } = await api.get('sessions/show', api.tokens.employee);
    expect(session?.roles).toEqual(expect.arrayContaining(['liaison', 'employee']));
  });

  it('Each row that the API could not read is told once, by its key, whoever has met it how often', async () => {
    const told = (await api.rows('NOTIFICATION')).filter(({ kind }) => kind === 'unreadable-row');
    const rows = told.flatMap(({ unreadable_rows }) => [...(unreadable_rows as Set<string>)]);
    const met = ['order', 'history', 'email', 'notification', 'service', 'route', 'use'];
    for (const name of met) expect(rows.filter((row) => row === key(name).join(' '))).toHaveLength(1);
    expect(told.reduce((sum, { occurrences }) => sum + Number(occurrences), 0)).toBe(rows.length);
    const listed = await ops(rowCommands, 'rows', 'list');
    for (const name of met) expect(listed).toContain(key(name).join(' '));
  });

  it('The commands show each row that cannot be read, and delete it; such an e-mail can be discarded by its id', async () => {
    const answer = await api.post('emails/discard', {
      token: api.tokens.employee,
      email_id: UNREADABLE_EMAIL,
    });
    expect(answer.status).toBe('action-successful');
    for (const name of Object.keys(poison)) {
      expect(await ops(rowCommands, 'rows', 'show', ...key(name))).toContain('It cannot be read:');
      expect(await ops(rowCommands, 'rows', 'repair', ...key(name), '--delete')).toContain('is deleted');
    }
    expect(await ops(rowCommands, 'rows', 'list')).toBe('Nobody has met a row that cannot be read.\n');
  });
});
