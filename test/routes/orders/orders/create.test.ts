import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestStack } from '../../../support/local-stack.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const line_items = [{ name: 'Hedge trimming', quantity: 3 }];
const create = (token: string, params: Record<string, unknown> = {}) =>
  api.post('orders/create', { token, line_items, ...params });
const codes = ({ errors }: { errors?: { param: string; code: string }[] }) =>
  errors?.map(({ param, code }) => `${param} ${code}`).sort();

describe('a new order', () => {
  it('A new order of a client is its own, is saved with its history, and is confirmed by e-mail', async () => {
    const { client_id } = api.order('plain_1');
    const answer = await create(api.tokens.client, {
      notes: 'Back garden.',
      appointment: { scheduled_for: '2999-03-01T10:00:00+01:00', duration_minutes: 45 },
    });
    expect(answer).toMatchObject({ http: 200, status: 'action-successful' });
    const order = answer.data?.order;
    expect(order).toMatchObject({ client_id, status: 'open', notes: 'Back garden.' });
    expect(order?.line_items).toMatchObject([
      {
        name: 'Hedge trimming',
        quantity: 3,
        completed_quantity: 0,
        completed_date: null,
        completed_by: null,
      },
    ]);
    expect(order?.appointments).toMatchObject([
      { status: 'scheduled', scheduled_for: '2999-03-01T09:00:00.000Z', duration_minutes: 45 },
    ]);
    const order_id = order?.order_id ?? 0;
    expect(await api.storedOrder(order_id)).toEqual(order);
    const [entry, ...more] = (await api.rows(`ORDER#${order_id}`)).filter(({ sk }) => sk !== 'ORDER');
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ at: order?.created_at, by: { name: 'Ada Brook' } });
    const mail = api.stack.messages().find(({ metadata }) => metadata?.order_id === order_id);
    expect(mail).toMatchObject({
      subject: `Order ${order_id}: received`,
      to: [{ email: 'ada.brook@example.com' }],
    });
    for (const part of [mail?.text, mail?.html]) {
      for (const fact of ['Hedge trimming', '0 of 3 done', '1 March 2999 at 09:00 UTC (45 minutes)']) {
        expect(part).toContain(fact);
      }
    }
  });

  it('A new order can be shown and updated at once', async () => {
    const { data } = await create(api.tokens.client, {
      appointment: { scheduled_for: '2999-03-01T09:00:00Z' },
    });
    const { order_id, updated_at, appointments } = data?.order ?? {};
    const shown = await api.get(`orders/show?order_id=${order_id}`, api.tokens.client);
    expect(shown.data).toEqual(data);
    const appointment = { appt_id: appointments?.[0]?.appt_id };
    const params = { token: api.tokens.client, order_id, updated_at, notes: 'Soon.', appointment };
    expect(await api.post('orders/update', params)).toMatchObject({
      http: 200,
      data: { order: { notes: 'Soon.' } },
    });
  });

  it.each(['liaison', 'employee', 'application'] as const)(
    'A new order can be made by the token %s for a client',
    async (name) => {
      const { client_id } = api.order('plain_1');
      expect(await create(api.tokens[name], { client_id })).toMatchObject({
        http: 200,
        data: { order: { client_id } },
      });
    },
  );

  it('A new order is saved though its e-mail fails', async () => {
    const { client_id } = api.order('mail_rejected');
    const answer = await create(api.tokens.employee, { client_id });
    expect(answer).toMatchObject({ http: 500, status: 'mandrill-email-failed' });
    expect(await api.storedOrder(answer.data?.order.order_id ?? 0)).toEqual(answer.data?.order);
  });
});

describe('a refusal', () => {
  it('A new order of a client that nobody knows, or that is out of the caller’s reach, is refused alike', async () => {
    const { client_id } = api.order('other');
    for (const [token, id] of [
      [api.tokens.client, client_id],
      [api.tokens.liaison, client_id],
      [api.tokens.employee, 7],
      [api.tokens.application, 7],
    ] as const) {
      const answer = await create(token, { client_id: id });
      expect(answer).toMatchObject({ http: 400, status: 'invalid-param' });
      expect(codes(answer)).toEqual(['client_id not-found']);
    }
  });

  it('A new order for nobody is told what is missing, and of a client_id that is malformed only that', async () => {
    for (const name of ['liaison', 'employee', 'application'] as const) {
      for (const nobody of [{}, { client_id: null }]) {
        const answer = await create(api.tokens[name], nobody);
        expect(answer.status).toBe('missing-param');
        expect(codes(answer)).toEqual(['client_id missing']);
      }
    }
    expect(codes(await create(api.tokens.employee, { client_id: '7' }))).toEqual(['client_id type']);
    expect(codes(await create(api.tokens.client, { client_id: null }))).toEqual(['client_id type']);
  });

  it('A new order that is refused has every fault listed', async () => {
    const answer = await create(api.tokens.client, {
      line_items: [{ name: '', quantity: 0, completed_quantity: 1 }, { quantity: 1 }],
      appointment: { scheduled_for: '2999-03-01', duration_minutes: 1_441, appt_id: 1 },
    });
    expect(answer.status).toBe('missing-param');
    expect(codes(answer)).toEqual([
      'appointment.appt_id unknown',
      'appointment.duration_minutes too-large',
      'appointment.scheduled_for malformed',
      'line_items[0].completed_quantity unknown',
      'line_items[0].name blank',
      'line_items[0].quantity too-small',
      'line_items[1].name missing',
    ]);
  });

  it('A new order with an appointment that is past is refused', async () => {
    const answer = await create(api.tokens.client, {
      appointment: { scheduled_for: '1990-01-01T09:00:00Z' },
    });
    expect(answer).toMatchObject({ http: 400, status: 'invalid-param' });
    expect(codes(answer)).toEqual(['appointment.scheduled_for in-past']);
  });

  it.each(['', 'x'.repeat(101), { length: 101 }, 7, true])(
    'A new order with what is no list of line items is told so once: %#',
    async (items) => {
      expect(codes(await create(api.tokens.client, { line_items: items }))).toEqual(['line_items type']);
    },
  );

  it.each([
    [[], 'line_items too-few'],
    [Array.from({ length: 101 }, () => line_items[0]), 'line_items too-many'],
    [undefined, 'line_items missing'],
  ])('A new order with no line items, or too many, is refused', async (items, fault) => {
    expect(codes(await create(api.tokens.client, { line_items: items }))).toEqual([fault]);
  });

  it('A new order in a body that is too large is told that alone', async () => {
    const answer = await create(api.tokens.employee, { notes: 'x'.repeat(256 * 1_024) });
    expect(answer.status).toBe('invalid-param');
    expect(codes(answer)).toEqual(['body too-large']);
  });

  it('A new order with a token that may only read is refused', async () => {
    expect(await create(api.tokens.application_read_only)).toMatchObject({ status: 'invalid-token' });
  });
});
