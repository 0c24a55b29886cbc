import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rowOfSession, tokenKey, tokenRows } from '../../../functions/accounts/tokens.ts';
import type { Order } from '../../../functions/orders/order.ts';
import { catalogue } from '../../../functions/routes/catalogue.ts';
import { WRITES } from '../../../functions/table/grants.ts';
import { randomToken } from '../../../functions/table/ids.ts';
import { type Answer, TestStack } from '../../support/local-stack.ts';
import { newOrder } from '../../support/posts.ts';

/** A dry run is judged and told as in earnest, and writes nothing, which is seen where policies are judged. */

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

/** Every call of a function that changes anything, counted. */
const written = () =>
  api.stack.access.made([
    ...WRITES.map((action) => `dynamodb:${action}`),
    'sqs:SendMessage',
    'sqs:DeleteMessage',
    'sns:Publish',
  ]);

const later = '2999-05-01T09:00:00.000Z';
const codes = ({ errors }: { errors?: { param: string; code: string }[] }) =>
  errors?.map(({ param, code }) => `${param} ${code}`).sort();

/** What is sent to a route, but for the token. */
interface Request {
  path: string;
  params: Record<string, unknown>;
  token?: keyof TestStack['tokens'];
}
const send = ({ path, params, token = 'client' }: Request, more: object = {}, key?: string) =>
  api.post(
    path,
    { token: api.tokens[token], ...params, ...more },
    key === undefined ? {} : { 'idempotency-key': key },
  );
const dry = (request: Request, key?: string) => send(request, { dry_run: true }, key);

/** A request about an order, from the state that its maker has seen. */
const about = (path: string, { order_id, updated_at }: Order, params: object): Request => ({
  path,
  params: { order_id, updated_at, ...params },
});
const update = (order: Order, params: object = {}): Request => {
  const appointment = { appt_id: order.appointments[0]?.appt_id };
  return about('orders/update', order, { appointment, ...params });
};
const cancelling = (order: Order) => ({
  appointment: { appt_id: order.appointments[0]?.appt_id, cancel_reason: 'Rain', cancel_note: 'All day.' },
});
const items = [{ name: 'Hedge', quantity: 2 }];

/** Every kind of change that there is. */
const kinds: Record<string, (order: Order) => Request> = {
  'a new order': () => ({ path: 'orders/create', params: { line_items: items } }),
  'a new order with all that it can have': ({ client_id }) => ({
    path: 'orders/create',
    params: {
      client_id,
      reference: randomUUID(),
      notes: 'Ring twice.',
      line_items: [...items, { name: 'Doors', quantity: 1 }],
      appointment: { scheduled_for: later, duration_minutes: 30 },
    },
    token: 'application',
  }),
  'other notes': (order) => update(order, { notes: 'Ring twice.' }),
  'another reference': (order) => update(order, { reference: randomUUID() }),
  'items that are changed and added': (order) => ({
    ...update(order, {
      line_items: [
        { line_item_id: order.line_items[0]?.line_item_id, quantity: 3, completed_quantity: 1 },
        { name: 'Doors', quantity: 1 },
        { name: 'Doors', quantity: 1, completed_quantity: 1, completed_by: 'Anna' },
      ],
    }),
    token: 'employee',
  }),
  'a completion': (order) => ({
    ...update(order, {
      line_items: [{ line_item_id: order.line_items[0]?.line_item_id, completed_quantity: 1 }],
      ...cancelling(order),
    }),
    token: 'employee',
  }),
  'a cancellation': (order) => update(order, cancelling(order)),
  'an update that changes nothing': (order) => update(order),
  'a new appointment': (order) => about('appointments/create', order, { scheduled_for: later }),
  'an appointment at another time': (order) =>
    about('appointments/reschedule', order, {
      appt_id: order.appointments[0]?.appt_id,
      scheduled_for: later,
      duration_minutes: 15,
    }),
  'an appointment at the time that it has': (order) =>
    about('appointments/reschedule', order, {
      appt_id: order.appointments[0]?.appt_id,
      scheduled_for: order.appointments[0]?.scheduled_for,
    }),
};
const everyKind = Object.entries(kinds);

/** The same without what only the change makes: ids of what is not in `before`, and the time at which it was done. */
const withoutMade = (order: Order, before: Order | undefined) => {
  const { order_id, created_at, updated_at, line_items, appointments, ...rest } = order;
  const isKnown = (id: number) => JSON.stringify(before ?? {}).includes(`_id":${id},`);
  return {
    ...rest,
    ...(before && { order_id, created_at }),
    ...(before?.updated_at === updated_at && { updated_at }),
    line_items: line_items.map(({ line_item_id, ...item }) =>
      isKnown(line_item_id) ? { line_item_id, ...item } : item,
    ),
    appointments: appointments.map(({ appt_id, ...appointment }) => ({
      ...(isKnown(appt_id) && { appt_id }),
      ...appointment,
      ...(appointment.cancelled_at && { cancelled_at: expect.any(String) }),
    })),
  };
};
/** What history tells, as a preview has it. */
const told = (changes: { field: string; before: unknown; after: unknown }[]) =>
  changes.map(({ field, before, after }) => {
    const { line_item_id: _, appt_id: __, ...element } = Object(after);
    return typeof after === 'object' && after !== null
      ? { field: field.replace(/\d+/, ''), before, after: element }
      : { field, before, after: field.endsWith('.cancelled_at') ? expect.any(String) : after };
  });
const historyOf = async (order_id: number) =>
  (await api.get(`orders/history?order_id=${order_id}&limit=100`, api.tokens.employee)).data?.history ?? [];

let order: Order;
let before: Record<string, number>;
beforeEach(async () => {
  order = await newOrder(api);
  before = written();
});

describe('a dry run', () => {
  it.each(everyKind)('A dry run of %s makes no call that writes, with a key or without', async (_, kind) => {
    const request = kind(order);
    const rows = await api.rows(`ORDER#${order.order_id}`);
    const aboutIt = () =>
      api.stack.messages().filter(({ metadata }) => metadata?.order_id === order.order_id);
    const mails = aboutIt();
    for (const key of [undefined, randomUUID()]) {
      const answer = await dry(request, key);
      expect(answer).toMatchObject({ http: 200, status: 'action-successful' });
      expect(answer.headers.get('idempotent-replayed')).toBeNull();
    }
    expect(written()).toEqual(before);
    expect(await api.rows(`ORDER#${order.order_id}`)).toEqual(rows);
    expect(aboutIt()).toEqual(mails);
    // In earnest, what changes something writes, and is seen to.
    const changesNothing = (await send(request)).data?.order.updated_at === order.updated_at;
    expect(isDeepStrictEqual(written(), before)).toBe(changesNothing);
  });

  it.each(everyKind)('A dry run of %s tells what is then done', async (_, kind) => {
    const request = kind(order);
    const { data: preview } = await dry(request);
    const { status, data } = await send(request);
    expect(status).toBe('action-successful');
    if (preview === undefined || data === undefined) throw new Error('one was refused');
    const known = data.order.order_id === order.order_id ? order : undefined;
    expect(preview.order).toEqual(withoutMade(data.order, known));
    const entries = await historyOf(data.order.order_id);
    const changes = entries.find(({ at }) => at === data.order.updated_at)?.changes ?? [];
    expect(preview.changes).toEqual(data.order.updated_at === order.updated_at ? [] : told(changes));
    const about = api.stack.messages().filter(({ metadata }) => metadata?.order_id === data.order.order_id);
    const mail = about.find(({ tags }) => known === undefined || tags?.[0] !== 'order-received');
    const id = known === undefined ? ` ${data.order.order_id}` : '';
    expect(preview.email).toEqual(
      mail === undefined
        ? null
        : {
            kind: mail.tags?.[0],
            subject: mail.subject?.replace(id, ''),
            text: mail.text?.replaceAll(id, ''),
          },
    );
  });

  it('A dry run has no ids of what it would make, no time of its making, and no address', async () => {
    const made = await dry(kinds['a new order with all that it can have']?.(order) as Request);
    expect(JSON.stringify(made.data)).not.toMatch(/order_id|item_id|appt_id|created_at|updated_at|@/);
    expect(made.data?.changes.map(({ field }) => field)).toEqual([
      'reference',
      'notes',
      'line_items[]',
      'line_items[]',
      'appointments[]',
    ]);
    expect(made.data?.email).toMatchObject({ kind: 'order-received', subject: 'Order: received' });
    const added = await dry(kinds['a new appointment']?.(order) as Request);
    expect(added.data?.order).not.toHaveProperty('updated_at');
    expect(added.data?.order).toMatchObject({ order_id: order.order_id, created_at: order.created_at });
    expect(added.data?.order.appointments.map(({ appt_id }) => appt_id)).toEqual([
      order.appointments[0]?.appt_id,
      undefined,
    ]);
  });

  it('A dry run is called one in the log', async () => {
    const { request_id } = await dry(update(order, { notes: 'Ring twice.' }));
    const logs = readdirSync(api.stack.logs).map((file) => readFileSync(join(api.stack.logs, file), 'utf8'));
    const line = logs.flatMap((log) => log.split('\n')).find((each) => each.includes(request_id));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ dry_run: true, status: 'action-successful' });
  });

  it.each([false, undefined])('A request is no dry run when dry_run is %s', async (dry_run) => {
    const answer = await send(update(order, { notes: 'Ring twice.' }), { dry_run });
    expect(answer.data?.order.updated_at).not.toBe(order.updated_at);
    expect(answer.data).not.toHaveProperty('changes');
    expect(await api.storedOrder(order.order_id)).toEqual(answer.data?.order);
  });

  it('A dry run does not note the use of a session, whether it is refused or not', async () => {
    const stored = tokenRows.read((await api.rows(tokenKey(api.tokens.employee).pk))[0] ?? {});
    if (stored?.kind !== 'session') throw new Error('it is no session');
    const last_used_at = new Date(Date.now() - 24 * 60 * 60 * 1_000).toISOString();
    const token = randomToken('ses');
    await api.put(rowOfSession(token, { ...stored, last_used_at }));
    const { path, params } = update(order, { notes: 'Ring twice.' });
    const using = (more: object) => api.post(path, { token, ...params, ...more });
    expect((await using({ dry_run: true })).http).toBe(200);
    expect(codes(await using({ dry_run: true, updated_at: 'long ago' }))).toEqual(['updated_at stale']);
    expect(codes(await using({ dry_run: 'yes' }))).toEqual(['dry_run type']);
    expect(written()).toEqual(before);
    expect(codes(await using({ updated_at: 'long ago' }))).toEqual(['updated_at stale']);
    expect(written()).not.toEqual(before);
  });
});

describe('a dry run is refused as in earnest', () => {
  const refused: Record<string, (order: Order) => Request> = {
    'for what is stale': (order) => update(order, { updated_at: 'long ago' }),
    'for an order that is not there': (order) => update(order, { order_id: 1 }),
    'for every fault': (order) => update(order, { order_id: null, notes: 7, more: 1 }),
    'for items that a client may not change': (order) => update(order, { line_items: items }),
    'for a client that is not there': () => ({
      path: 'orders/create',
      params: { client_id: 7, line_items: items },
      token: 'employee',
    }),
    'for a time that is past': (order) =>
      about('appointments/create', order, { scheduled_for: '1999-01-01T09:00Z' }),
    'for an appointment that is not there': (order) =>
      about('appointments/reschedule', order, { scheduled_for: later, appt_id: 1 }),
    'for a token that may only read': (order) => ({ ...update(order), token: 'application_read_only' }),
    'for a reference that another order has': (order) =>
      update(order, { reference: api.order('plain_1').order_id.toString() }),
    'for a reference that another order has, when it is made': () => ({
      path: 'orders/create',
      params: { reference: api.order('plain_1').order_id.toString(), line_items: items },
    }),
  };
  const said = ({ http, status, message, errors, data }: Answer) => ({ http, status, message, errors, data });

  it.each(Object.entries(refused))('A dry run is refused as in earnest: %s', async (_, kind) => {
    const reference = api.order('plain_1').order_id.toString();
    await send({ path: 'orders/create', params: { reference, line_items: items } });
    const start = written();
    const request = kind(order);
    const answer = await dry(request);
    expect(answer.http).toBeGreaterThanOrEqual(400);
    expect(written()).toEqual(start);
    expect(said(answer)).toEqual(said(await send(request)));
  });

  it('A dry run is refused by code `taken` for a reference, unless it is the order’s own', async () => {
    const taken = await newOrder(api);
    const { reference } = order;
    expect(codes(await dry(update(taken, { reference })))).toEqual(['reference taken']);
    expect(codes(await dry({ path: 'orders/create', params: { reference, line_items: items } }))).toEqual([
      'reference taken',
    ]);
    expect(await dry(update(order, { reference }))).toMatchObject({ http: 200, data: { changes: [] } });
  });
});

describe('an idempotency key', () => {
  it('An idempotency key is not used up by a dry run', async () => {
    const [key, request] = [randomUUID(), update(order, { notes: 'Ring twice.' })];
    await dry(request, key);
    const done = await send(request, {}, key);
    expect(done).toMatchObject({ http: 200, data: { order: { notes: 'Ring twice.' } } });
    expect(done.headers.get('idempotent-replayed')).toBeNull();
  });

  it('An idempotency key that is used is nothing to a dry run, which is judged as of now', async () => {
    const [key, request] = [randomUUID(), update(order, { notes: 'Ring twice.' })];
    const done = await send(request, {}, key);
    const again = await dry(request, key);
    expect(codes(again)).toEqual(['updated_at stale']);
    expect(again.headers.get('idempotent-replayed')).toBeNull();
    const { updated_at } = done.data?.order ?? {};
    expect((await send(request, { updated_at, dry_run: true }, key)).data?.changes).toEqual([]);
    expect(codes(await send(request, { updated_at, dry_run: 'yes' }, key))).toEqual(['dry_run type']);
    expect(codes(await dry(request, 'not a key'))).toEqual(['Idempotency-Key malformed', 'updated_at stale']);
  });

  it('An idempotency key is for the same request whether it says that it is no dry run or not', async () => {
    const [key, request] = [randomUUID(), update(order, { notes: 'Ring twice.' })];
    const done = await send(request, {}, key);
    const again = await send(request, { dry_run: false }, key);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.data).toEqual(done.data);
  });
});

it.each(['yes', 1, null, {}])('A dry_run of %j is refused once', async (dry_run) => {
  for (const [, kind] of everyKind)
    expect(codes(await send(kind(order), { dry_run }))).toEqual(['dry_run type']);
});

it('A dry run is what every route can that changes an order, and no other', async () => {
  const can = catalogue.filter((route) => 'dry_run' in route.params.shape);
  const changing = catalogue.filter(
    ({ method, service, access }) =>
      method === 'POST' &&
      service === 'orders' &&
      typeof access === 'object' &&
      access.scope === 'orders:write',
  );
  expect(can).toEqual(changing);
  expect(can.every(({ preview }) => preview !== undefined)).toBe(true);
  const { data } = await api.get('notifications/list?dry_run=true', api.tokens.employee);
  expect(data).toBeUndefined();
  const other = { token: api.tokens.employee, notification_id: 1, dry_run: true };
  expect(codes(await api.post('notifications/acknowledge', other))).toContain('dry_run unknown');
});
