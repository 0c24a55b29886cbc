import { randomUUID, scryptSync } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeRoles } from '../../functions/accounts/roles.ts';
import type { User } from '../../functions/accounts/user.ts';
import { deflated } from '../../functions/table/deflate.ts';
import { fingerprintOf } from '../../functions/table/idempotency-key.ts';
import { idempotencyRows } from '../../functions/table/idempotency-record.ts';
import type { DemoOrder } from '../../infra/local/demo.ts';
import { DEMO_PASSWORD } from '../../infra/local/demo.ts';
import { tableBehind } from '../support/behind.ts';
import { expectDescribed } from '../support/described.ts';
import { type Answer, SOON, TestStack } from '../support/local-stack.ts';
import { aUser } from '../support/users.ts';

/** What an answer that is given again says of what has happened since. */
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start({ environment: SOON });
});
afterAll(() => api.stop());

const cancelled = (order: DemoOrder, key: string, token = api.tokens.employee): Promise<Answer> => {
  const { order_id, updated_at, appt_id } = order;
  const appointment = { appt_id, cancel_reason: 'Rain' };
  return api.post('orders/update', { token, order_id, updated_at, appointment }, { 'idempotency-key': key });
};
const isReplayed = ({ headers }: Answer) => headers.get('idempotent-replayed') === 'true';

const codes = ({ errors }: Answer) => errors?.map(({ param, code }) => `${param} ${code}`);

/** Changes one row behind the API. */
const alter = async (pk: string, sk: string, name: string, value: unknown): Promise<void> => {
  await api.documents.send(
    new UpdateCommand({
      TableName: api.stack.tableName,
      Key: { pk, sk },
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
};
const mailsOf = ({ order_id }: DemoOrder) =>
  api.stack.messages().filter(({ metadata }) => metadata?.order_id === order_id);

describe('an e-mail that failed', () => {
  it('An e-mail that failed is tried again with its request, and sent once its reason is repaired', async () => {
    const order = api.order('mail_fault');
    const key = randomUUID();
    const first = await cancelled(order, key);
    expect(first).toMatchObject({ http: 500, status: 'mandrill-email-failed' });
    const again = await cancelled(order, key);
    expect(again).toMatchObject({ http: 500, status: 'mandrill-email-failed', data: first.data });
    expect(isReplayed(again)).toBe(true);
    expect(await api.email(order.order_id)).toMatchObject({ state: 'unsent', attempts: 2 });

    await alter(`CLIENT#${order.client_id}`, 'CLIENT', 'email', 'repaired@example.com');
    const repaired = await cancelled(order, key);
    expect(repaired).toMatchObject({ http: 200, status: 'action-successful', data: first.data });
    expect(isReplayed(repaired)).toBe(true);
    expect(await cancelled(order, key)).toMatchObject({ http: 200 });
    expect(mailsOf(order)).toHaveLength(1);
  });

  it('An e-mail that failed for good stays failed when its request is sent again', async () => {
    const order = api.order('mail_rejected');
    const key = randomUUID();
    await cancelled(order, key);
    expect(await cancelled(order, key)).toMatchObject({ http: 500, status: 'mandrill-email-failed' });
    expect(await api.email(order.order_id)).toMatchObject({ state: 'parked', attempts: 1 });
  });

  it('An e-mail that two requests with one key wait for gives both the same answer', async () => {
    const order = api.order('mail_hang');
    const key = randomUUID();
    const answers = await Promise.all([cancelled(order, key), cancelled(order, key)]);
    expect(answers.map(({ status }) => status)).toEqual(['mandrill-email-failed', 'mandrill-email-failed']);
    expect(answers.filter(isReplayed)).toHaveLength(1);
  });
});

it('An e-mail whose request has just died is left to the retry, and is not called a failure', async () => {
  const order = api.freshOrder();
  const key = randomUUID();
  const first = await cancelled(order, key);
  const { pk } = (await api.email(order.order_id)) ?? {};
  await alter(String(pk), 'EMAIL', 'state', 'sending');
  await alter(String(pk), 'EMAIL', 'due_at', '2099-01-01T00:00:00.000Z');
  expect(await cancelled(order, key)).toMatchObject({ http: 200, data: first.data });
  expect(await api.rows('NOTIFICATION')).toEqual(
    expect.not.arrayContaining([expect.objectContaining({ last_order_id: order.order_id })]),
  );
});

it('An e-mail whose request died is sent when the lease of that request has run out', async () => {
  const order = api.freshOrder();
  const key = randomUUID();
  expect(await cancelled(order, key)).toMatchObject({ http: 200 });
  const { pk } = (await api.email(order.order_id)) ?? {};
  await alter(String(pk), 'EMAIL', 'state', 'sending');
  await alter(String(pk), 'EMAIL', 'due_at', '2026-01-01T00:00:00.000Z');
  expect(await cancelled(order, key)).toMatchObject({ http: 200 });
  expect(mailsOf(order)).toHaveLength(2);
});

it('An e-mail in a state of another release is left to that, and is not called a failure', async () => {
  const order = api.freshOrder();
  const key = randomUUID();
  await cancelled(order, key);
  const { pk } = (await api.email(order.order_id)) ?? {};
  await alter(String(pk), 'EMAIL', 'state', 'bounced');
  expect(await cancelled(order, key)).toMatchObject({ http: 200, status: 'action-successful' });
  expect(mailsOf(order)).toHaveLength(1);
});

it('An e-mail whose row cannot be read fails, and not the request', async () => {
  const order = api.freshOrder();
  const key = randomUUID();
  const first = await cancelled(order, key);
  const { pk } = (await api.email(order.order_id)) ?? {};
  await alter(String(pk), 'EMAIL', 'subject', 7);
  expect(await cancelled(order, key)).toMatchObject({
    http: 500,
    status: 'mandrill-email-failed',
    data: first.data,
  });
});

describe('a key', () => {
  it('A key gives the order as it was, though it has changed since', async () => {
    const order = api.freshOrder();
    const key = randomUUID();
    const first = await cancelled(order, key);
    const { order_id, updated_at } = first.data?.order ?? {};
    const since = { order_id, updated_at, notes: 'Changed.', appointment: { appt_id: order.appt_id } };
    expect(await api.post('orders/update', { token: api.tokens.client, ...since })).toMatchObject({
      http: 200,
    });
    expect(await cancelled(order, key)).toMatchObject({ http: 200, data: first.data });
  });

  it('A key holds for a request that changes nothing', async () => {
    const order = api.freshOrder();
    const key = { 'idempotency-key': randomUUID() };
    const { order_id, updated_at, appt_id } = order;
    const params = { token: api.tokens.client, order_id, updated_at, appointment: { appt_id } };
    const first = await api.post('orders/update', params, key);
    expect(await api.post('orders/update', { ...params, notes: 'Other.' })).toMatchObject({ http: 200 });
    const again = await api.post('orders/update', params, key);
    expect(again).toMatchObject({ http: 200, data: first.data });
    expect(isReplayed(again)).toBe(true);
  });

  it('A key is free again after a refusal', async () => {
    const order = api.freshOrder();
    const key = randomUUID();
    const refused = await cancelled({ ...order, appt_id: 1 }, key);
    expect(refused).toMatchObject({ http: 400, errors: [{ code: 'not-found' }] });
    const answer = await cancelled(order, key);
    expect(answer).toMatchObject({ http: 200 });
    expect(isReplayed(answer)).toBe(false);
  });

  it('A key is the user’s own, in all of the user’s sessions', async () => {
    const order = api.freshOrder();
    const key = randomUUID();
    const credentials = { email: 'ada.brook@example.com', password: DEMO_PASSWORD };
    const { session } = await api.postEncoded('sessions/create', credentials);
    await cancelled(order, key, api.tokens.client);
    expect(isReplayed(await cancelled(order, key, session?.token))).toBe(true);
    const stranger = await cancelled(order, key, api.tokens.employee);
    expect(isReplayed(stranger)).toBe(false);
    expect(stranger).toMatchObject({ errors: [{ code: 'stale' }] });
  });

  it('A key is one of its route only', async () => {
    const order = api.freshOrder();
    const key = randomUUID();
    await cancelled(order, key);
    const { client_id } = order;
    const params = { token: api.tokens.employee, client_id, line_items: [{ name: 'A', quantity: 1 }] };
    const answer = await api.post('orders/create', params, { 'idempotency-key': key });
    expect(answer).toMatchObject({ http: 200 });
    expect(isReplayed(answer)).toBe(false);
  });

  it('A key whose parameters come in another order is the same', async () => {
    const { order_id, updated_at, appt_id } = api.freshOrder();
    const headers = { 'idempotency-key': randomUUID() };
    const token = api.tokens.employee;
    const appointment = { appt_id, cancel_reason: 'Rain' };
    await api.post('orders/update', { token, order_id, updated_at, appointment }, headers);
    const turned = { cancel_reason: 'Rain', appt_id };
    expect(
      isReplayed(
        await api.post('orders/update', { appointment: turned, updated_at, order_id, token }, headers),
      ),
    ).toBe(true);
  });

  it('A key does not matter to a read', async () => {
    const { order_id } = api.freshOrder();
    const headers = { authorization: `Bearer ${api.tokens.client}`, 'idempotency-key': ' not one ' };
    expect(await api.send(`orders/show?order_id=${order_id}`, { headers })).toMatchObject({ http: 200 });
  });
});

describe('what was answered is given again', () => {
  /** What is remembered of a change of an order. */
  const recordOf = async ({ order_id }: DemoOrder) => {
    const records = await api.rowsStarting('IDEMPOTENCY#');
    const found = records.find((row) =>
      idempotencyRows.read(row).data_json?.includes(`"order_id":${order_id}`),
    );
    if (found === undefined) throw new Error('nothing is remembered');
    return found;
  };

  it('An answer is given again word for word, though a later release puts it in other words and parts', async () => {
    const order = api.freshOrder();
    const key = randomUUID();
    await cancelled(order, key);
    const { pk } = await recordOf(order);
    const data_json = '{"order":{"surprise":[null, 1.0],"order_id":7}}';
    await alter(String(pk), 'IDEMPOTENCY', 'data_deflated', deflated(data_json));
    await alter(String(pk), 'IDEMPOTENCY', 'message', 'It is “done”.');
    await alter(String(pk), 'IDEMPOTENCY', 'schema_version', 3);
    const { order_id, updated_at, appt_id } = order;
    const appointment = { appt_id, cancel_reason: 'Rain' };
    const params = { token: api.tokens.employee, order_id, updated_at, appointment };
    const response = await fetch(`${api.stack.url}/api/v1/orders/update`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(params),
    });
    const text = await response.text();
    expect(text).toContain(`"data":${data_json}`);
    const body = JSON.parse(text);
    expect(body).toMatchObject({ status: 'action-successful', message: 'It is “done”.' });
    const { headers, status: http } = response;
    expectDescribed({ method: 'POST', path: '/api/v1/orders/update', http, headers, body });
    expect(response.headers.get('idempotent-replayed')).toBe('true');
  });

  it('An answer is given again though this release would not do what was asked, since it was done', async () => {
    const order = api.freshOrder();
    const key = randomUUID();
    const first = await cancelled(order, key);
    const { order_id, updated_at, appt_id } = order;
    const params = { order_id, updated_at, appointment: { appt_id }, of_another_release: [true] };
    const { pk } = await recordOf(order);
    await alter(String(pk), 'IDEMPOTENCY', 'fingerprint', fingerprintOf(params));
    const headers = { 'idempotency-key': key, authorization: `Bearer ${api.tokens.employee}` };
    const again = await api.post('orders/update', params, headers);
    expect(again).toMatchObject({ http: 200, data: first.data });
    expect(isReplayed(again)).toBe(true);
    // What differs, however it does, is another request.
    const body = JSON.stringify(params).replace(/}$/, `,"notes":${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    const nested = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body };
    expect(codes(await api.send('orders/update', nested))).toContain('Idempotency-Key reused');
  });

  it('An answer is given again with the sentence that then told of an e-mail that is still unsent', async () => {
    const order = api.order('mail_invalid');
    const key = randomUUID();
    const first = await cancelled(order, key);
    const { pk, unsent_message } = await recordOf(order);
    expect(unsent_message).toBe(first.message);
    await alter(String(pk), 'IDEMPOTENCY', 'unsent_message', 'It did not go out.');
    expect(await cancelled(order, key)).toMatchObject({
      http: 500,
      status: 'mandrill-email-failed',
      message: 'It did not go out.',
    });
  });

  it('An answer is not given again to a liaison who has lost the client, who gets what anybody else would', async () => {
    const { liaison: token } = api.tokens;
    const { client_id, ...order } = api.freshOrder();
    const { session } = await api.get('sessions/show', token);
    const looksAfter = (liaison_for: number[]) => {
      const table = tableBehind(api);
      const change = { held: ({ held }: User) => ({ ...held, liaison_for }), now: new Date() };
      return changeRoles(table, session?.user_id ?? 0, change, (_, writes) => table.transact(writes));
    };
    const headers = { 'idempotency-key': randomUUID() };
    const params = { token, client_id, line_items: [{ name: 'Hedge', quantity: 1 }] };
    const appointment = { appt_id: order.appt_id };
    const { order_id, updated_at } = order;
    const change = { token, order_id, updated_at, notes: 'By Lia.', appointment };
    const first = await api.post('orders/create', params, headers);
    const changed = await api.post('orders/update', change, headers);
    expect([first.http, changed.http]).toEqual([200, 200]);

    await looksAfter([]);
    const answers = [
      await api.post('orders/create', params, headers),
      await api.post('orders/update', change, headers),
      await api.post('orders/create', params),
      await api.post('orders/update', change),
    ];
    expect(answers.map(codes)).toEqual([
      ['client_id not-found'],
      ['order_id not-found'],
      ['client_id not-found'],
      ['order_id not-found'],
    ]);
    expect(answers.some(isReplayed) || answers.some(({ data }) => data !== undefined)).toBe(false);

    await looksAfter([client_id]);
    const again = await api.post('orders/create', params, headers);
    expect(again).toMatchObject({ http: 200, data: first.data });
    expect(isReplayed(again)).toBe(true);
    expect(await api.post('orders/update', change, headers)).toMatchObject({ data: changed.data });
  });
});

describe('a refusal besides the key', () => {
  it('A stale state with a key that was sent before is refused, and still gets the order as it is', async () => {
    const order = api.freshOrder();
    const key = randomUUID();
    const first = await cancelled(order, key);
    const { order_id, updated_at, appt_id } = order;
    const params = {
      token: api.tokens.employee,
      order_id,
      updated_at,
      notes: 'New.',
      appointment: { appt_id },
    };
    const answer = await api.post('orders/update', params, { 'idempotency-key': key });
    expect(codes(answer)).toEqual(['updated_at stale', 'Idempotency-Key reused']);
    expect(answer.data).toEqual(first.data);
  });

  it('A sign-out that was done, sent again with its key and other parameters, has every fault listed', async () => {
    const credentials = { email: 'max.hill@example.com', password: DEMO_PASSWORD };
    const { session } = await api.postEncoded('sessions/create', credentials);
    const headers = { 'idempotency-key': randomUUID() };
    const token = session?.token;
    await api.post('sessions/destroy', { token }, headers);
    const answer = await api.post('sessions/destroy', { token, more: 1 }, headers);
    expect(codes(answer)).toEqual(['more unknown', 'Idempotency-Key reused']);
  });
});

describe('a key without a token', () => {
  it('A key without a token belongs to the e-mail address that is sent with it, however that is written', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const one = { email: `${randomUUID()}@example.org`, name: 'Nu', password: 'a good password' };
    const other = { ...one, email: `${randomUUID()}@example.org` };
    const first = await api.postEncoded('users/register', one, headers);
    const second = await api.postEncoded('users/register', other, headers);
    expect([first.http, second.http]).toEqual([200, 200]);
    expect([first, second].some(isReplayed)).toBe(false);
    expect(second.data?.user.user_id).not.toBe(first.data?.user.user_id);
    const shouted = { ...one, email: one.email.toUpperCase() };
    expect(codes(await api.postEncoded('users/register', shouted, headers))).toEqual([
      'Idempotency-Key reused',
    ]);
  });
});

describe('registering again with a key', () => {
  it('Registering again with a key lets nobody try passwords without end', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const user = { email: `${randomUUID()}@example.org`, name: 'Nu', password: 'a good password' };
    expect(await api.postEncoded('users/register', user, headers)).toMatchObject({ http: 200 });
    const statuses: string[] = [];
    for (let guess = 0; guess < 11; guess += 1) {
      const guessed = { ...user, password: `a guess ${guess}` };
      statuses.push((await api.postEncoded('users/register', guessed, headers)).status);
    }
    expect(statuses).toEqual([...Array(10).fill('invalid-param'), 'too-many-attempts']);
  });
});

describe('signing in again with a key', () => {
  it('Signing in again with a key gives the same session though its password’s hash is outdated', async () => {
    const salt = Buffer.from('old');
    const how = { cost: 2 ** 14, blockSize: 8, parallelization: 1 };
    const hash = scryptSync('a good password', salt, 32, how).toString('base64');
    const { user, rows } = aUser({}, { algorithm: 'scrypt', ...how, salt: salt.toString('base64'), hash });
    for (const row of rows) await api.put(row);
    const headers = { 'idempotency-key': randomUUID() };
    const credentials = { email: user.email, password: 'a good password' };
    const first = await api.postEncoded('sessions/create', credentials, headers);
    const again = await api.postEncoded('sessions/create', credentials, headers);
    expect(first.session?.token).toBeDefined();
    expect(again.session?.token).toBe(first.session?.token);
  });

  const signIn = (password: string, key: string) =>
    api.postEncoded(
      'sessions/create',
      { email: 'max.hill@example.com', password },
      { 'idempotency-key': key },
    );

  it('Signing in again with a key gives a working session, another one if the first was signed out of', async () => {
    const key = randomUUID();
    const { session: first } = await signIn(DEMO_PASSWORD, key);
    await api.post('sessions/destroy', { token: first?.token });
    const again = await signIn(DEMO_PASSWORD, key);
    expect(isReplayed(again)).toBe(true);
    expect(again.session?.token).not.toBe(first?.token);
    expect(await api.get('sessions/show', again.session?.token ?? '')).toMatchObject({ http: 200 });
    expect((await signIn(DEMO_PASSWORD, key)).session?.token).toBe(again.session?.token);
  });

  it('Signing in again with a key and another password is refused for the password and for the key', async () => {
    const key = randomUUID();
    await signIn(DEMO_PASSWORD, key);
    const answer = await signIn('another password', key);
    expect(answer).toMatchObject({ http: 400, status: 'invalid-param' });
    expect(codes(answer)).toEqual(['password wrong', 'Idempotency-Key reused']);
    expect(answer.session).toBeUndefined();
  });
});
