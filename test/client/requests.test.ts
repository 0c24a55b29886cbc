import { describe, expect, it } from 'vitest';
import { hasCode, NoAnswerError, PlanoError } from '../../client/src/index.ts';
import { enveloped, rejection, ScriptedApi } from '../support/scripted-api.ts';

const done = enveloped('action-successful', { data: {} });

describe('a request', () => {
  it('A request to read has its parameters in the query, and the token in a header alone', async () => {
    const api = new ScriptedApi([done]);
    await api.client.orders.list({ updated_since: '2026-01-01T00:00:00+01:00', limit: 5, cursor: undefined });
    await api.client.orders.list();
    const [first, second] = api.sent;
    expect(first?.url).toBe(
      'https://api.example/api/v1/orders/list?updated_since=2026-01-01T00%3A00%3A00%2B01%3A00&limit=5',
    );
    expect(second?.url).toBe('https://api.example/api/v1/orders/list');
    expect(first?.init).toMatchObject({ headers: { authorization: 'Bearer ses_1' }, redirect: 'error' });
    expect(api.keys).toEqual([null, null]);
  });

  it('A request to read many has their ids in the query, by commas', async () => {
    const api = new ScriptedApi([done]);
    await api.client.orders.showMany({ order_ids: [7, 9, 8] });
    const { pathname, searchParams } = new URL(api.sent[0]?.url ?? '');
    expect(pathname).toBe('/api/v1/orders/show_many');
    expect([...searchParams]).toEqual([['order_ids', '7,9,8']]);
  });

  it('A request to write has the token in its body, so that none is empty, and a key of its own', async () => {
    const api = new ScriptedApi([done], { baseUrl: 'https://api.example/', token: () => 'ses_2' });
    await api.client.sessions.destroy();
    await api.client.sessions.destroy({}, { idempotencyKey: 'mine' });
    expect(api.sent[0]?.url).toBe('https://api.example/api/v1/sessions/destroy');
    expect(api.sent[0]?.init.body).toBe('{"token":"ses_2"}');
    expect(api.keys[0]).not.toBe(api.keys[1]);
    expect(api.keys[1]).toBe('mine');
  });

  it('A request that no header can carry is not sent, and says which of its parts it is', async () => {
    const api = new ScriptedApi([done], { token: () => 'ses_\n' });
    expect(await rejection(api.client.orders.list())).toEqual(
      new TypeError('token must be of visible ASCII characters'),
    );
    expect(await rejection(api.client.sessions.destroy({}, { idempotencyKey: 'käy' }))).toEqual(
      new TypeError('idempotencyKey must be of visible ASCII characters'),
    );
    expect(api.sent).toEqual([]);
  });

  it('A request of a sensitive route is the JSON text in base64 of its UTF-8, without a token where nobody is signed in', async () => {
    const api = new ScriptedApi([done]);
    const params = { email: 'ada@example.com', password: 'Straße 🚲'.repeat(20_000) };
    await api.client.sessions.create(params);
    expect(JSON.parse(Buffer.from(String(api.sent[0]?.init.body), 'base64').toString())).toEqual(params);
  });
});

describe('an answer', () => {
  it('An answer has data, the session, the id of the request, and whether it is one that was given before', async () => {
    const api = new ScriptedApi([
      enveloped('action-successful', {
        data: { user: 1 },
        session: { token: 'ses_3' },
        headers: { 'idempotent-replayed': 'true' },
      }),
    ]);
    expect(await api.client.sessions.show()).toEqual({
      status: 'action-successful',
      data: { user: 1 },
      session: { token: 'ses_3' },
      requestId: 'r-1',
      replayed: true,
    });
  });

  it('An answer comes with a warning when all is saved and only its e-mail is not sent', async () => {
    const api = new ScriptedApi([enveloped('mandrill-email-failed', { http: 500, data: { order: 1 } })]);
    expect(await api.client.orders.create({ line_items: [] })).toEqual({
      status: 'mandrill-email-failed',
      data: { order: 1 },
      requestId: 'r-1',
      replayed: false,
      warning: { status: 'mandrill-email-failed', message: 'A sentence.' },
    });
    expect(api.sent).toHaveLength(1);
  });
});

describe('a refusal', () => {
  it('A refusal tells all that is wrong, and what the API adds', async () => {
    const errors = [{ param: 'updated_at', code: 'stale', message: 'updated_at is stale.' }];
    const api = new ScriptedApi([
      enveloped('invalid-param', { http: 400, errors, errors_total: 120, data: { order: { order_id: 1 } } }),
    ]);
    const error = await rejection(api.client.orders.create({ line_items: [] }, { idempotencyKey: 'k' }));
    expect(error).toBeInstanceOf(PlanoError);
    expect(error).toBeInstanceOf(Error);
    expect([hasCode(error, 'stale'), hasCode(error, 'taken'), hasCode(new Error(), 'stale')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(error).toMatchObject({
      message: 'A sentence.',
      errors,
      errorsTotal: 120,
      data: { order: { order_id: 1 } },
      idempotencyKey: 'k',
    });
  });

  it('A refusal for want of a role brings the session, and where to get one', async () => {
    const session = { token: 'ses_4' };
    const page = { registration_page: '/account/client' };
    const api = new ScriptedApi([enveloped('client-required', { http: 401, session, ...page })]);
    expect(await rejection(api.client.sessions.create({ email: '', password: '' }))).toMatchObject({
      status: 'client-required',
      session,
      registrationPage: '/account/client',
    });
  });

  it('An error, since nobody was reached, has its cause and the key to send it again with', async () => {
    const cause = new TypeError('fetch failed');
    const api = new ScriptedApi([cause], { retries: 1 });
    const error = await rejection(api.client.orders.create({ line_items: [] }));
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(error).toMatchObject({ reason: 'network', cause, idempotencyKey: api.keys[0] });
    expect((error as Error).message).toBe('The API could not be reached.');
  });
});
