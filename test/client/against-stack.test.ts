import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient, hasCode, type Order, PlanoError } from '../../client/src/index.ts';
import { tour } from '../../infra/local/tour.ts';
import { occur, tableBehind, waitingEmail } from '../support/behind.ts';
import { TestStack } from '../support/local-stack.ts';
import { rejection } from '../support/scripted-api.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

/** The client of somebody; of nobody, without a token. */
const as = (token?: string): Client => createClient({ baseUrl: api.stack.url, token });
const hedge = { line_items: [{ name: 'Hedge', quantity: 1 }] };
const PASSWORD = 'Straße mit Hecke';

describe('somebody new', () => {
  it('Somebody new registers, becomes a client, orders, and signs out, by the client alone', async () => {
    const email = `${randomUUID()}@example.org`;
    const { session } = await as().users.register({ email, password: PASSWORD, name: 'Nu' });
    const client = as(session.token);
    expect(await rejection(client.orders.create(hedge))).toMatchObject({
      status: 'client-required',
      session: { token: session.token },
    });
    expect((await client.users.clientRegister()).data.user.roles).toEqual(['client']);
    const made = await client.orders.create({ ...hedge, notes: 'Ring twice. 🚲' });
    expect(made).toMatchObject({ status: 'action-successful', replayed: false });
    expect((await client.orders.show({ order_id: made.data.order.order_id })).data).toEqual(made.data);

    const again = await as().sessions.create({ email, password: PASSWORD, remember_me: true });
    expect(again.session.remember_me).toBe(true);
    expect((await client.sessions.show()).session.token).toBe(session.token);
    await client.sessions.destroy();
    expect(await rejection(client.sessions.show())).toMatchObject({ status: 'invalid-token', http: 401 });
  });

  it('Somebody new is told of all that is wrong', async () => {
    const error = await rejection(as().users.register({ email: 'x', password: 'y', name: '' }));
    expect(error).toBeInstanceOf(PlanoError);
    expect(error).toMatchObject({ status: 'invalid-param', errorsTotal: 3 });
    expect(hasCode(error, 'too-short')).toBe(true);
  });
});

describe('a list', () => {
  it('The client lists orders that are asked for by their ids', async () => {
    const ids = [api.freshOrder().order_id, api.order('other').order_id, api.freshOrder().order_id];
    const { data } = await as(api.tokens.client).orders.showMany({ order_ids: ids });
    expect(data.orders.map(({ order_id }) => order_id)).toEqual([ids[0], ids[2]]);
    expect(data.not_found).toEqual([ids[1]]);
  });

  it('The client goes through a list to its end, page by page, and reads no further than it is needed', async () => {
    const client = as(api.tokens.other_client);
    const ids: number[] = [];
    for (let number = 0; number < 5; number += 1)
      ids.push((await client.orders.create(hedge)).data.order.order_id);
    const seen: number[] = [];
    for await (const { order_id } of client.orders.listAll({ limit: 2, status: 'open' })) seen.push(order_id);
    expect(seen).toEqual([...ids.reverse(), api.order('other').order_id]);
    for await (const { order_id } of client.orders.listAll({ limit: 2 })) {
      expect(order_id).toBe(ids[0]);
      break;
    }
  });

  it('The client goes through the changes of one order', async () => {
    const { order_id } = api.order('story');
    const client = as(api.tokens.client);
    const { data } = await client.orders.history({ order_id });
    const entries = await Array.fromAsync(client.orders.historyAll({ order_id, limit: 2 }));
    expect(entries).toEqual(data.history);
    expect(entries.length).toBeGreaterThan(2);
  });
});

describe('a change of an order', () => {
  const noted =
    (mark: string) =>
    ({ notes, appointments: [first] }: Order) => ({
      notes: `${notes} ${mark}`,
      appointment: { appt_id: first?.appt_id ?? 0 },
    });

  it('The client applies a change again to the order as it then is, whoever else changes it', async () => {
    const { order_id } = api.freshOrder();
    const marks = ['one', 'two', 'three', 'four'];
    await Promise.all(marks.map((mark) => as(api.tokens.client).orders.change(order_id, noted(mark))));
    const { notes } = await api.storedOrder(order_id);
    expect(
      notes
        .split(' ')
        .filter((word) => marks.includes(word))
        .sort(),
    ).toEqual([...marks].sort());
  });

  it('A change by the client is refused as any other, and ended by what its function throws', async () => {
    const { order_id } = api.freshOrder();
    const { change } = as(api.tokens.client).orders;
    const nothing = await rejection(change(order_id, () => ({ appointment: { appt_id: 1 } })));
    expect(hasCode(nothing, 'not-found')).toBe(true);
    const thrown = await rejection(change(order_id, () => Promise.reject(new Error('no'))));
    expect(thrown).toMatchObject({ message: 'no' });
  });

  it('A change by the client with the same key is done once, and answered once more', async () => {
    const { order_id, updated_at, appt_id } = api.freshOrder();
    const params = { order_id, updated_at, notes: 'Once.', appointment: { appt_id } };
    const { orders } = as(api.tokens.client);
    const first = await orders.update(params, { idempotencyKey: 'once' });
    expect(await orders.update(params, { idempotencyKey: 'once' })).toMatchObject({
      data: first.data,
      replayed: true,
    });
    const others = orders.update({ ...params, notes: 'Twice.' }, { idempotencyKey: 'once' });
    expect(hasCode(await rejection(others), 'reused')).toBe(true);
    const change = () => orders.change(order_id, noted('Thrice.'), { idempotencyKey: 'change' });
    const changed = (await change()).data.order;
    expect(hasCode(await rejection(change()), 'reused')).toBe(true);
    expect((await orders.show({ order_id })).data.order).toEqual(changed);
  });

  it('A change whose e-mail is not sent is a result of the client, with a warning', async () => {
    const { order_id, appt_id } = api.order('mail_rejected');
    const { orders } = as(api.tokens.employee);
    const answer = await orders.change(order_id, () => ({ appointment: { appt_id, cancel_reason: 'Rain' } }));
    expect(answer.warning).toMatchObject({ status: 'mandrill-email-failed' });
    expect(answer.data.order.appointments[0]?.status).toBe('cancelled');
  });

  it('A dry run by the client is told and not done, and uses up no key', async () => {
    const { order_id, updated_at, appt_id } = api.freshOrder();
    const { orders, appointments } = as(api.tokens.client);
    const before = (await orders.show({ order_id })).data;
    const params = { order_id, updated_at, notes: 'Tried.', appointment: { appt_id } };
    const key = { idempotencyKey: 'tried' };
    const { data } = await orders.update({ ...params, dry_run: true }, key);
    expect(data.order).toMatchObject({ order_id, notes: 'Tried.' });
    expect(data.changes).toMatchObject([{ field: 'notes', after: 'Tried.' }]);
    const appointment = { order_id, updated_at, scheduled_for: '2999-04-01T09:00Z', dry_run: true as const };
    const made = await appointments.create(appointment);
    expect(made.data.email?.text).toContain('2999');
    const moved = await appointments.reschedule({ ...appointment, appt_id });
    expect(moved.data.order.appointments[0]?.scheduled_for).toBe('2999-04-01T09:00:00.000Z');
    expect((await orders.create({ ...hedge, dry_run: true })).data.order.order_id).toBeUndefined();
    expect((await orders.show({ order_id })).data).toEqual(before);
    expect((await orders.update(params, key)).data.order.notes).toBe('Tried.');
  });

  it('The client makes an appointment and moves it', async () => {
    const { orders, appointments } = as(api.tokens.client);
    const { order_id, updated_at } = (await orders.create(hedge)).data.order;
    const made = await appointments.create({ order_id, updated_at, scheduled_for: '2999-04-01T09:00Z' });
    const [{ appt_id } = { appt_id: 0 }] = made.data.order.appointments;
    const moved = await appointments.reschedule({
      order_id,
      updated_at: made.data.order.updated_at,
      appt_id,
      scheduled_for: '2999-05-01T09:00:00+02:00',
    });
    expect(moved.data.order.appointments).toMatchObject([
      { appt_id, scheduled_for: '2999-05-01T07:00:00.000Z' },
    ]);
  });
});

describe('a team', () => {
  it('A team looks after notifications, e-mails and deployments by the client', async () => {
    const team = as(api.tokens.application);
    const { cause } = await occur(tableBehind(api));
    const notifications = await Array.fromAsync(team.notifications.listAll({ state: 'open' }));
    const found = notifications.find((notification) => notification.cause === cause);
    const notification_id = found?.notification_id ?? 0;
    expect((await team.notifications.acknowledge({ notification_id })).data.notification.state).toBe(
      'acknowledged',
    );

    const { email_id } = await waitingEmail(tableBehind(api), 'parked');
    const emails = await Array.fromAsync(team.emails.listAll({ state: 'parked', limit: 1 }));
    expect(emails.map((email) => email.email_id)).toContain(email_id);
    expect((await team.emails.resend({ email_id })).data.email?.state).toBe('unsent');
    expect((await team.emails.discard({ email_id })).data.email?.state).toBe('discarded');
    expect((await team.emails.show({ email_id })).data.email.state).toBe('discarded');
    expect((await team.deployments.list()).data.services.map(({ name }) => name)).toContain('orders');
  });
});

it('The tour of the local demo goes all the way round', async () => {
  const steps: string[] = [];
  await tour({ url: api.stack.url, token: api.tokens.client }, (step) => steps.push(step));
  expect(steps[1]).toMatch(/Ring twice/);
  expect(steps[1]).toMatch(/The dog is friendly/);
  expect(steps[3]).toMatch(/refused as stale/);
  // Made, changed twice, and moved.
  expect(steps).toHaveLength(4 + 4);
});
