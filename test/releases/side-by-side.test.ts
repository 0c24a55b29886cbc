import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Order } from '../../functions/orders/order.ts';
import { laterRelease, type Patch } from '../support/later-release.ts';
import { type Answer, aDatabase, TestStack } from '../support/local-stack.ts';

/**
 * A later release: orders, line items, sessions and idempotency records have an attribute more, orders a status, e-mails and
 * notifications a kind.
 */
const LATER: Patch = {
  'functions/orders/order.ts': [
    ['  notes: z.string(),', '  notes: z.string(), priority: z.optional(z.int()),'],
  ],
  'functions/orders/order-view.ts': [
    ['  notes: order.notes,', '  notes: order.notes, priority: order.priority,'],
  ],
  'functions/orders/order-creation.ts': [["    notes: '',", "    notes: '', priority: 1,"]],
  'functions/orders/order-change.ts': [
    [
      'status: nextStatus(before, changed.line_items),',
      "priority: 7, status: changed.notes.startsWith('Hold') ? 'on_hold' : nextStatus(before, changed.line_items),",
    ],
  ],
  'functions/orders/line-items.ts': [['  completed_by: null,', "  completed_by: null, crew: 'north',"]],
  'functions/orders/letters.ts': [
    ["cancelled ? 'appointment-cancelled'", "cancelled ? 'appointment-called-off'"],
  ],
  'functions/outbox/deliver.ts': [["kind: 'mandrill-email-failed'", "kind: 'email-delayed'"]],
  'functions/accounts/tokens.ts': [["  kind: 'session',\n", "  kind: 'session', device: 'phone',\n"]],
};

let [folder, today, later] = ['', undefined as never as TestStack, undefined as never as TestStack];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plano-orders-later-'));
  const assembly = await laterRelease(inject('assembly'), LATER, folder);
  const database = aDatabase();
  today = await TestStack.start({ database, isDescribed: false });
  later = await TestStack.start({ database, assembly, isDescribed: false });
});
afterAll(async () => {
  await later?.stop();
  await today?.stop();
  rmSync(folder, { recursive: true });
});

/** Every answer of a release, each in the envelope, and none a crash. */
const expectSound = (answer: Answer, where: string): Answer => {
  const { status, message, request_id } = answer;
  expect({ where, status, message, request_id }).toEqual({
    where,
    status: expect.stringMatching(/^(action-successful|invalid-param|mandrill-email-failed)$/),
    message: expect.any(String),
    request_id: expect.any(String),
  });
  return answer;
};

/** One client's day at one release: it orders, has things done, looks around, and has the team look after things. */
const live = async (
  stack: TestStack,
  name: string,
  order: Order | undefined,
  step: number,
): Promise<Order> => {
  const token = today.tokens.application;
  const key = { 'idempotency-key': randomUUID() };
  const post = async (path: string, params: object, headers: Record<string, string> = {}) =>
    expectSound(await stack.post(path, { token, ...params }, headers), `${name} ${path} ${step}`);
  const get = async (path: string) => expectSound(await stack.get(path, token), `${name} ${path} ${step}`);

  if (order === undefined) {
    const { client_id } = today.order(step % 2 === 0 ? 'plain_1' : 'mail_fault');
    const params = {
      client_id,
      line_items: [{ name: 'Hedge', quantity: 9 }],
      appointment: { scheduled_for: '2999-06-01T09:00:00Z' },
    };
    return (await post('orders/create', params, key)).data?.order as Order;
  }
  const { order_id, updated_at, appointments, line_items } = order;
  const about = { order_id, updated_at };
  const appt_id = appointments.at(-1)?.appt_id;
  const [item] = line_items;
  const updates = [
    { notes: step % 3 === 0 ? 'Hold the line.' : `Step ${step}.`, appointment: { appt_id } },
    {
      line_items: [
        { line_item_id: item?.line_item_id, completed_quantity: step % 9 },
        { name: 'Windows', quantity: 1 },
      ],
      appointment: { appt_id },
    },
    { appointment: { appt_id, cancel_reason: 'Rain' } },
  ];
  const update = updates[step % 3] ?? {};
  const changed = await post('orders/update', { ...about, ...update }, key);
  const now = changed.data?.order ?? order;
  const made = await post('appointments/create', {
    order_id,
    updated_at: now.updated_at,
    scheduled_for: '2999-06-02T09:00:00Z',
  });
  await get(`orders/show?order_id=${order_id}`);
  await get(`orders/history?order_id=${order_id}`);
  const { data } = await get(`orders/list?client_id=${order.client_id}&limit=100`);
  expect(data?.orders.map((each) => each.order_id)).toContain(order_id);
  await get('notifications/list?limit=100');
  await get('emails/list?limit=100');
  // Whichever release has done it, the same request is answered the same by the other.
  const other = stack === today ? later : today;
  const again = await other.post('orders/update', { token, ...about, ...update }, key);
  expectSound(again, `replay of ${name} ${step}`);
  expect(again.data).toEqual(changed.data);
  return made.data?.order as Order;
};

const stored = async ({ order_id }: Order) =>
  (await today.rows(`ORDER#${order_id}`)).find(({ sk }) => sk === 'ORDER');

it('Two releases answer side by side, and then the older one alone: nothing crashes, and nothing is lost', async () => {
  const orders: Order[] = [];
  // The canary: half of the requests go to the later release.
  for (let number = 0; number < 4; number += 1) {
    let order: Order | undefined;
    for (let step = 0; step < 6; step += 1) {
      const isLater = (number + step) % 2 === 0;
      order = await live(isLater ? later : today, isLater ? 'later' : 'today', order, step + number);
    }
    if (order !== undefined) orders.push(order);
  }
  for (const stack of [today, later]) await stack.stack.runSchedules();
  const before = await Promise.all(orders.map(stored));
  // It is turned back: what it has left behind is for the older one.
  for (const [index, order] of orders.entries()) {
    let now: Order | undefined = order;
    for (let step = 0; step < 3; step += 1) now = await live(today, 'today', now, step);
    const row = await stored(order);
    expect(row).toMatchObject({ priority: before[index]?.priority });
    expect(row?.line_items).toEqual(expect.arrayContaining([expect.objectContaining({ crew: 'north' })]));
  }
  const outcomes = await today.stack.runSchedules();
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
  const statuses = (await today.rowsStarting('ORDER#')).map(({ status }) => status);
  expect(statuses).toContain('on_hold');
  const kinds = (await today.rows('NOTIFICATION')).map(({ kind }) => kind);
  expect(kinds).toContain('email-delayed');
  expect(kinds).not.toContain('application-crash');
  expect(kinds).not.toContain('unreadable-row');
});

it('A session that a later release has opened is good here, and an order of its own status is listed', async () => {
  const credentials = { email: `${randomUUID()}@example.org`, password: 'a good password' };
  const { session } = await later.postEncoded('users/register', { ...credentials, name: 'Nu' });
  const shown = await today.get('sessions/show', session?.token ?? '');
  expect(shown).toMatchObject({ status: 'action-successful', session: { token: session?.token } });
});
