import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectDescribed } from '../../../../support/described.ts';
import { TestStack } from '../../../../support/local-stack.ts';

/** Every status that orders/update can end with, over HTTP; those of a table that fails or says otherwise are in outages.test.ts. */
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const postText = (body: string | Uint8Array<ArrayBuffer> | undefined, contentType?: string) =>
  api.send('orders/update', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${api.tokens.client}`,
      ...(contentType && { 'content-type': contentType }),
    },
    ...(body !== undefined && { body }),
  });

const expectEnvelope = (answer: Awaited<ReturnType<TestStack['send']>>): void => {
  expect(answer.message).not.toBe('');
  expect(answer.headers.get('x-request-id')).toBe(answer.request_id);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
};

describe('the action', () => {
  it('An update that is right is successful and has changed the order', async () => {
    const order = api.freshOrder();
    const answer = await api.update(order, { notes: 'Side gate.' });
    expect(answer).toMatchObject({ http: 200, status: 'action-successful' });
    expectEnvelope(answer);
    expect(answer.data?.order.notes).toBe('Side gate.');
    expect(await api.storedOrder(order.order_id)).toEqual(answer.data?.order);
  });
});

it('A fault in one member does not hide what is wrong with the rest of an appointment or a line item', async () => {
  const { order_id, updated_at } = api.freshOrder();
  const { status, errors = [] } = await api.post('orders/update', {
    token: api.tokens.employee,
    order_id,
    updated_at,
    line_items: [
      { line_item_id: 1, quantity: 0 },
      { line_item_id: 1, completed_by: '' },
    ],
    appointment: { appt_id: 1, cancel_reason: '' },
  });
  expect(status).toBe('invalid-param');
  expect(errors.map(({ param, code }) => `${param} ${code}`).toSorted()).toEqual([
    'appointment.appt_id not-found',
    'appointment.cancel_reason blank',
    'line_items[0].line_item_id not-found',
    'line_items[0].quantity too-small',
    'line_items[1].completed_by blank',
    'line_items[1].line_item_id duplicate',
  ]);
});

describe('a body', () => {
  it.each([
    ['text/plain', undefined],
    ['application/json; charset=latin1', undefined],
    ['application/json; charset="utf-8"; charset=latin1', undefined],
    ['application/x-www-form-urlencoded', undefined],
  ])('A body of type %s is refused', async (type) => {
    const answer = await postText('{}', type);
    expect(answer).toMatchObject({ http: 400, status: 'invalid-content-type' });
    expectEnvelope(answer);
  });

  it.each(['{"order_id":', 'order_id=1', 'eyJ9'])('A body of %s cannot be decoded', async (text) => {
    expect(await postText(text, 'application/json')).toMatchObject({
      http: 400,
      status: 'invalid-encoded-params',
    });
  });

  it('A body that is not UTF-8 cannot be decoded, though the gateway hands it on as text that is', async () => {
    const bytes = Buffer.from('{"notes":"caf\xe9"}', 'latin1');
    expect(await postText(bytes, 'application/json')).toMatchObject({
      http: 400,
      status: 'invalid-encoded-params',
    });
  });

  it('A body in which a character of four bytes lacks its last is taken to have U+FFFD, which is as long', async () => {
    const { order_id, updated_at, appt_id } = api.freshOrder();
    const text = JSON.stringify({ order_id, updated_at, appointment: { appt_id }, notes: 'caf|' });
    const [start = '', end = ''] = text.split('|');
    const bytes = Buffer.concat([Buffer.from(start), Buffer.from([0xf0, 0x9f, 0x98]), Buffer.from(end)]);
    const answer = await postText(bytes, 'application/json');
    expect(answer).toMatchObject({ http: 200, data: { order: { notes: 'caf\ufffd' } } });
  });

  it.each([undefined, '', 'null', '{}', '[]', '[1]', '7', '"text"', 'true'])(
    'A body of %s holds no parameters',
    async (text) => {
      expect(await postText(text, 'Application/JSON; Charset="UTF-8"')).toMatchObject({
        http: 400,
        status: 'no-params-decoded',
      });
    },
  );

  it('A body over 256 KiB is refused, whoever sends it and whatever is in it', async () => {
    const order = api.order('plain_20');
    const notes = 'x'.repeat(256 * 1024);
    const tooLarge = { http: 400, status: 'invalid-param', errors: [{ param: 'body', code: 'too-large' }] };
    expect(await api.update(order, { notes })).toMatchObject(tooLarge);
    expect(await api.update(order, { notes }, 'ses_x')).toMatchObject(tooLarge);
    expect(await api.post('orders/update', { notes })).toMatchObject(tooLarge);
    expect(await postText(`${notes}x`, 'application/json')).toMatchObject(tooLarge);
    expect(await postText(`${notes}x`, 'text/plain')).toMatchObject({ status: 'invalid-content-type' });
  });

  it('A body of very many faults is answered with a hundred of them', async () => {
    const params = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`x${index}`, 1]));
    const response = await fetch(`${api.stack.url}/api/v1/orders/update`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    });
    const text = await response.text();
    expect(text.length).toBeLessThan(20_000);
    const body = JSON.parse(text);
    const { headers, status: http } = response;
    expectDescribed({ method: 'POST', path: '/api/v1/orders/update', http, headers, body });
    const { status, errors, errors_total } = body;
    // Three of the route's own are missing, and the token.
    expect({ status, listed: errors.length, errors_total }).toEqual({
      status: 'missing-param',
      listed: 100,
      errors_total: 20_004,
    });
  });
});

describe('a token', () => {
  it('A token that is missing is a missing parameter, listed with every other fault', async () => {
    const answer = await api.post('orders/update', { order_id: 'one', colour: 'red' });
    expect(answer).toMatchObject({ http: 400, status: 'missing-param' });
    expect(answer.errors?.map(({ param, code }) => `${param} ${code}`).sort()).toEqual([
      'appointment missing',
      'colour unknown',
      'order_id type',
      'token missing',
      'updated_at missing',
    ]);
  });

  it('A token that is unknown, malformed, of the wrong scope or of a wrong scheme is invalid', async () => {
    const order = api.order('plain_20');
    for (const token of [`ses_${'A'.repeat(43)}`, 'x', '', 7, api.tokens.application_read_only]) {
      expect(await api.post('orders/update', { ...order, token })).toMatchObject({
        http: 401,
        status: 'invalid-token',
      });
    }
    const basic = { authorization: `Basic ${api.tokens.client}` };
    expect(await api.post('orders/update', { order_id: 1 }, basic)).toMatchObject({
      status: 'invalid-token',
    });
  });

  it.each(['expired', 'idle'] as const)('A token of a session that is %s says so', async (name) => {
    expect(await api.update(api.order('plain_20'), {}, api.tokens[name])).toMatchObject({
      http: 401,
      status: 'session-expired',
    });
  });

  it('A token of a remembered session stays good, however old and unused', async () => {
    expect(await api.update(api.freshOrder(), {}, api.tokens.remembered)).toMatchObject({ http: 200 });
  });

  it('A token of a user without a role comes back in a session', async () => {
    const answer = await api.update(api.order('plain_20'), {}, api.tokens.no_role);
    expect(answer).toMatchObject({ http: 401, status: 'client-required' });
    expect(answer.session).toMatchObject({ token: api.tokens.no_role, roles: [] });
  });

  it('A token is taken from the header as well, and refused when given twice and different', async () => {
    const { order_id, updated_at, appt_id } = api.freshOrder();
    const params = { order_id, updated_at, appointment: { appt_id } };
    const headers = { authorization: `bearer ${api.tokens.client}` };
    expect(await api.post('orders/update', params, headers)).toMatchObject({ http: 200 });
    expect(await api.post('orders/update', { ...params, token: api.tokens.client }, headers)).toMatchObject({
      http: 200,
    });
    expect(await api.post('orders/update', { ...params, token: api.tokens.employee }, headers)).toMatchObject(
      {
        status: 'invalid-param',
        errors: [{ param: 'token', code: 'conflicting' }],
      },
    );
  });

  it('A token in the body is taken beside a header of another scheme', async () => {
    const { order_id, updated_at, appt_id } = api.freshOrder();
    const params = { token: api.tokens.client, order_id, updated_at, appointment: { appt_id } };
    const headers = { authorization: 'Basic cHJveHk6cHJveHk=' };
    expect(await api.post('orders/update', params, headers)).toMatchObject({ http: 200 });
  });

  it('A token in the query string is refused, whatever else is sent', async () => {
    const { order_id, updated_at, appt_id } = api.order('plain_20');
    const params = { token: api.tokens.client, order_id, updated_at, appointment: { appt_id } };
    expect(await api.post(`orders/update?token=${api.tokens.client}`, params)).toMatchObject({
      http: 400,
      status: 'invalid-param',
      errors: [{ param: 'token', code: 'in-query' }],
    });
  });
});

describe('parameters', () => {
  it('Parameters that are missing outrank those that are invalid, and all are listed', async () => {
    const answer = await api.post('orders/update', {
      token: api.tokens.employee,
      order_id: 1,
      notes: 5,
      line_items: [{ quantity: 0 }],
      appointment: { appt_id: null },
    });
    expect(answer).toMatchObject({ http: 400, status: 'missing-param' });
    expect(answer.errors?.map(({ param, code }) => `${param} ${code}`).sort()).toEqual([
      'appointment.appt_id missing',
      'line_items[0].name missing',
      'line_items[0].quantity too-small',
      'notes type',
      'order_id not-found',
      'updated_at missing',
    ]);
  });

  it('Parameters that are faulty in themselves and against the order are listed together', async () => {
    const order = api.order('plain_20');
    const [item] = order.line_items;
    const answer = await api.update(
      order,
      {
        notes: 'x'.repeat(10_001),
        line_items: [
          { line_item_id: item?.line_item_id, completed_quantity: 1_000 },
          { line_item_id: 1 },
          { line_item_id: '2' },
        ],
        appointment: { appt_id: 3 },
      },
      api.tokens.employee,
    );
    expect(answer.status).toBe('invalid-param');
    expect(answer.errors?.map(({ param, code }) => `${param} ${code}`).sort()).toEqual([
      'appointment.appt_id not-found',
      'line_items[0].completed_quantity greater-than-quantity',
      'line_items[1].line_item_id not-found',
      'line_items[2].line_item_id type',
      'notes too-long',
    ]);
  });
});

describe('faults that need no order', () => {
  it.each([
    ['unknown', { order_id: 5 }, 'order_id not-found'],
    ['stale', { updated_at: 'long ago' }, 'updated_at stale'],
  ])('Faults that need no order are listed beside an order that is %s', async (_, given, fault) => {
    const line_items = [
      { line_item_id: 1, completed_date: '2999-01-01' },
      { line_item_id: 1, quantity: 1, completed_quantity: 2 },
      { line_item_id: '5', name: 'x', quantity: 1 },
    ];
    const answer = await api.update(api.order('plain_20'), { line_items, ...given }, api.tokens.employee);
    expect(answer.errors?.map(({ param, code }) => `${param} ${code}`).sort()).toEqual(
      [
        'line_items[0].completed_date in-future',
        'line_items[1].completed_quantity greater-than-quantity',
        'line_items[1].line_item_id duplicate',
        'line_items[2].line_item_id type',
        fault,
      ].sort(),
    );
  });
});

describe('a route', () => {
  it.each([
    ['POST', 'orders/updates'],
    ['POST', 'orders/update/'],
    ['GET', 'orders/update'],
    ['DELETE', 'orders/update'],
  ])('The route %s %s does not exist', async (method, path) => {
    const answer = await api.send(path, { method });
    expect(answer).toMatchObject({ http: 500, status: 'route-non-existent' });
    expectEnvelope(answer);
  });
});
