import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, createClient } from '../../client/src/index.ts';
import { FaultyProxy } from '../support/faulty-proxy.ts';
import { TestStack } from '../support/local-stack.ts';

/** `ACTIONS=2000 npm test -- test/client/faults.test.ts` does more of them, and takes as much longer. */
const ACTIONS = Number(process.env.ACTIONS ?? 200);
const AT_ONCE = 4;
const WARMING = 4;
/** Half of all requests meet a fault, each as often as any other, but for the one that has clients wait. */
const SHARE = 0.5;
const HANGS = 'no answer comes';

/** The client's time passes so much faster, so that nobody waits for its pauses. */
const SPEED = 500;
const clock = {
  now: () => performance.now() * SPEED,
  random: Math.random,
  sleep: async (milliseconds: number, signal?: AbortSignal) =>
    setTimeout(milliseconds / SPEED, undefined, signal && { signal }),
};

let api: TestStack;
let proxy: FaultyProxy;
let client: Client;
/** Whether things go wrong yet. */
let upset = false;
beforeAll(async () => {
  api = await TestStack.start();
  const faults = FaultyProxy.faults.filter((name) => name !== HANGS);
  proxy = await FaultyProxy.start(api.stack.url, () => {
    if (!upset || Math.random() > SHARE) return undefined;
    return Math.random() < 0.01 ? HANGS : faults[Math.floor(Math.random() * faults.length)];
  });
  // Longer than an answer takes on a slow machine: a try that is given up though it goes on makes it slower.
  const patient = { timeoutMs: 5_000, budgetMs: Number.POSITIVE_INFINITY, retries: 50, clock };
  client = createClient({ baseUrl: proxy.url, token: api.tokens.client, ...patient });
});
afterAll(async () => {
  await proxy.stop();
  await api.stop();
});

/** What was asked for, to be looked for in the end. */
const made: { notes: string; order_id: number; appointments: number }[] = [];
const changes: { order_id: number; mark: string }[] = [];
const registered: string[] = [];
let replayed = 0;
let applied = 0;

/** One action after another, by its number; each is to be done exactly once. */
const act = async (number: number): Promise<void> => {
  const mark = randomUUID();
  if (number % 20 === 0) {
    const email = `${mark}@example.org`;
    replayed += (await client.users.register({ email, password: 'a good password', name: 'Nu' })).replayed
      ? 1
      : 0;
    registered.push(email);
  } else if (number % 4 === 1) {
    const line_items = [{ name: 'Hedge', quantity: 1 }];
    const { data, replayed: again } = await client.orders.create({
      notes: mark,
      reference: mark,
      line_items,
    });
    made.push({ notes: mark, order_id: data.order.order_id, appointments: 0 });
    replayed += again ? 1 : 0;
  } else if (number % 4 === 2 && made.length > 0) {
    const order = made[Math.floor(Math.random() * made.length)];
    if (order === undefined || order.appointments > 0) return act(number + 1);
    order.appointments += 1;
    const { data } = await client.orders.show({ order_id: order.order_id });
    const { order_id, updated_at } = data.order;
    const at = { order_id, updated_at, scheduled_for: '2999-04-01T09:00:00Z' };
    replayed += (await client.appointments.create(at)).replayed ? 1 : 0;
  } else {
    // Few orders, which several change at once.
    const { order_id } = api.order(`plain_${1 + (number % 5)}`);
    const { replayed: again } = await client.orders.change(
      order_id,
      ({ notes, appointments: [appointment] }) => {
        applied += 1;
        return {
          notes: `${notes} ${mark}`.slice(-9_000),
          appointment: { appt_id: appointment?.appt_id ?? 0 },
        };
      },
    );
    changes.push({ order_id, mark });
    replayed += again ? 1 : 0;
  }
};

const run = async (actions: number): Promise<void> => {
  let next = 0;
  const worker = async () => {
    while (next < actions) await act(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

it(`${ACTIONS} actions under faults are each done exactly once`, {
  timeout: 30_000 + ACTIONS * 1_000,
}, async () => {
  // The functions start before anything goes wrong.
  for (let number = 0; number < WARMING; number += 1) await act(number);
  upset = true;
  await run(ACTIONS);
  const rows = await api.rowsStarting('ORDER#');
  const users = await api.rowsStarting('USER#');
  const emails = await api.rowsStarting('EMAIL#');
  const delivered = api.stack.messages().map(({ metadata }): unknown => metadata?.email_id);
  const appointed = made.reduce((sum, { appointments }) => sum + appointments, 0);
  const done = made.length + appointed + changes.length + registered.length;
  if (process.env.ACTIONS !== undefined) {
    const { requests, counts } = proxy;
    const unsent = emails.filter(({ state }) => state !== 'sent').length;
    const twice = delivered.length - new Set(delivered).size;
    const figures = {
      done,
      made: made.length,
      appointed,
      changes: changes.length,
      registered: registered.length,
    };
    const appliedAgain = applied - changes.length;
    const all = { ...figures, requests, replayed, appliedAgain, unsent, twice, counts };
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  }
  expect(done).toBe(WARMING + ACTIONS);
  expect(replayed).toBeGreaterThan(0);
  for (const { notes, order_id, appointments } of made) {
    const [order, ...more] = rows.filter((row) => row.sk === 'ORDER' && row.notes === notes);
    expect([order?.order_id, more]).toEqual([order_id, []]);
    expect(order?.appointments).toHaveLength(appointments);
    // One e-mail for the order, and one for its appointment. One that Mandrill was too slow for is kept, and sent later.
    const saved = emails.filter((email) => email.order_id === order_id);
    expect(saved).toHaveLength(1 + appointments);
    const sent = saved.filter(({ state }) => state === 'sent').map(({ email_id }) => email_id);
    expect(sent.filter((email_id) => !delivered.includes(email_id))).toEqual([]);
  }
  for (const order_id of new Set(changes.map((change) => change.order_id))) {
    const ours = changes.filter((change) => change.order_id === order_id);
    const entries = rows.filter(
      (row) => row.pk === `ORDER#${order_id}` && String(row.sk).startsWith('HISTORY#'),
    );
    // Its making is the first entry.
    expect(entries).toHaveLength(1 + ours.length);
    const history = JSON.stringify(entries);
    for (const { mark } of ours) expect(history).toContain(mark);
  }
  for (const email of registered) {
    const [user, ...more] = users.filter((row) => row.email === email);
    expect(more).toEqual([]);
    const sessions = users.filter(({ pk, sk }) => pk === user?.pk && String(sk).startsWith('SESSION#'));
    expect(sessions).toHaveLength(1);
  }
});
