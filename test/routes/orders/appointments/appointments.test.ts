import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_ORDER_BYTES, type Order } from '../../../../functions/orders/order.ts';
import { rowOfOrder } from '../../../../functions/orders/order-row.ts';
import { randomId } from '../../../../functions/table/ids.ts';
import type { DemoOrder } from '../../../../infra/local/demo.ts';
import { type Answer, TestStack } from '../../../support/local-stack.ts';
import { anAppointment, anOrder } from '../../../support/orders.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const DAY_MS = 24 * 60 * 60 * 1_000;
const SOON = '2999-03-01T10:00:00+01:00';
const soon = '2999-03-01T09:00:00.000Z';

type Seen = Pick<DemoOrder, 'order_id' | 'updated_at'>;
const make = ({ order_id, updated_at }: Seen, params: object = {}, token = api.tokens.client) =>
  api.post('appointments/create', { token, order_id, updated_at, scheduled_for: SOON, ...params });
const move = ({ order_id, updated_at, appt_id }: DemoOrder, params: object = {}, token = api.tokens.client) =>
  api.post('appointments/reschedule', {
    token,
    order_id,
    updated_at,
    appt_id,
    scheduled_for: SOON,
    ...params,
  });
const codes = ({ errors }: Answer) => errors?.map(({ param, code }) => `${param} ${code}`).sort();
const mailsOf = (order_id: number) =>
  api.stack.messages().filter(({ metadata }) => metadata?.order_id === order_id);

/** Both ways to come by a new time. */
const ways = [
  ['making', make],
  ['moving', move],
] as const;

describe('an appointment', () => {
  it('An appointment that is made is saved, and its client is told by e-mail', async () => {
    const order = api.freshOrder();
    const before = await api.storedOrder(order.order_id);
    const answer = await make(order, { duration_minutes: 45 });
    expect(answer).toMatchObject({ http: 200, status: 'action-successful' });
    const made = answer.data?.order;
    expect(made?.appointments.slice(0, -1)).toEqual(before.appointments);
    expect(made?.appointments.at(-1)).toEqual(
      anAppointment({ appt_id: expect.any(Number), scheduled_for: soon, duration_minutes: 45 }),
    );
    expect(made?.updated_at).not.toBe(order.updated_at);
    expect(await api.storedOrder(order.order_id)).toEqual(made);
    const [mail, ...more] = mailsOf(order.order_id);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      subject: `Order ${order.order_id}: appointment made`,
      to: [{ email: 'ada.brook@example.com' }],
    });
    expect(mail?.text).toContain('1 March 2999 at 09:00');
  });

  it('An appointment that is moved is saved, and its client is told by e-mail', async () => {
    const order = api.freshOrder();
    const [before] = (await api.storedOrder(order.order_id)).appointments;
    const answer = await move(order);
    expect(answer).toMatchObject({ http: 200, status: 'action-successful' });
    expect(answer.data?.order.appointments).toEqual([{ ...before, scheduled_for: soon }]);
    expect(await api.storedOrder(order.order_id)).toEqual(answer.data?.order);
    const [mail, ...more] = mailsOf(order.order_id);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      subject: `Order ${order.order_id}: appointment moved`,
      to: [{ email: 'ada.brook@example.com' }],
    });
    expect(mail?.text).toContain('1 March 2999 at 09:00');
  });

  it('An appointment that is moved to where it is writes nothing and sends nothing', async () => {
    const order = api.freshOrder();
    const rows = await api.rows(`ORDER#${order.order_id}`);
    const [appointment] = (await api.storedOrder(order.order_id)).appointments;
    const { scheduled_for, duration_minutes } = appointment ?? anAppointment();
    const answer = await move(order, { scheduled_for, duration_minutes });
    expect(answer).toMatchObject({ http: 200, data: { order: { updated_at: order.updated_at } } });
    expect(await api.rows(`ORDER#${order.order_id}`)).toEqual(rows);
    expect(mailsOf(order.order_id)).toEqual([]);
  });

  it.each(['client', 'liaison', 'employee', 'application'] as const)(
    'An appointment can be made and moved by the token %s',
    async (name) => {
      const order = api.freshOrder();
      const { data, http } = await make(order, {}, api.tokens[name]);
      const updated_at = data?.order.updated_at ?? '';
      const moved = await move({ ...order, updated_at }, {}, api.tokens[name]);
      expect([http, moved.http]).toEqual([200, 200]);
    },
  );

  it.each(ways)(
    'In %s an appointment, a time is taken as people write it, and given back in UTC',
    async (_, change) => {
      for (const [written, utc] of [
        ['2999-03-01T09:00Z', '2999-03-01T09:00:00.000Z'],
        ['2999-03-01t10:30:00.1239+01:30', '2999-03-01T09:00:00.123Z'],
      ]) {
        const { data } = await change(api.freshOrder(), { scheduled_for: written });
        expect(data?.order.appointments.at(-1)?.scheduled_for).toBe(utc);
      }
    },
  );

  it.each(ways)(
    'In %s an appointment, the time may be yesterday, and on no day before',
    async (_, change) => {
      const dayAt = (days: number, time: string) =>
        `${new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 11)}${time}`;
      const order = api.freshOrder();
      // Two days before yesterday, should midnight pass meanwhile.
      for (const scheduled_for of ['1990-01-01T09:00:00Z', '0001-01-01T00:00Z', dayAt(3, '23:59:59Z')]) {
        const answer = await change(order, { scheduled_for });
        expect(answer).toMatchObject({ http: 400, status: 'invalid-param' });
        expect(answer.errors).toEqual([
          { param: 'scheduled_for', code: 'in-past', message: 'scheduled_for must not be before yesterday.' },
        ]);
      }
      expect(await change(order, { scheduled_for: dayAt(1, '23:59:59Z') })).toMatchObject({ http: 200 });
    },
  );

  it.each(ways)('In %s an appointment, it is saved though its e-mail fails', async (_, change) => {
    const order = api.order('mail_rejected');
    const seen = await api.storedOrder(order.order_id);
    const scheduled_for = seen.updated_at;
    const answer = await change({ ...order, ...seen }, { scheduled_for }, api.tokens.employee);
    expect(answer).toMatchObject({ http: 500, status: 'mandrill-email-failed' });
    expect(answer.data?.order.updated_at).not.toBe(seen.updated_at);
    expect(await api.storedOrder(order.order_id)).toEqual(answer.data?.order);
  });
});

describe('of what is based on one state', () => {
  it.each(ways)(
    'Of %s several appointments at once one succeeds, and the others get the current order',
    async (_, change) => {
      const order = api.freshOrder();
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, index) =>
          change(order, { scheduled_for: `2999-03-01T09:${10 + index}:00Z` }),
        ),
      );
      const winners = answers.filter(({ http }) => http === 200);
      expect(winners).toHaveLength(1);
      for (const loser of answers.filter(({ http }) => http !== 200)) {
        expect(loser).toMatchObject({ http: 400, status: 'invalid-param', data: winners[0]?.data });
        expect(codes(loser)).toEqual(['updated_at stale']);
      }
      expect(await api.storedOrder(order.order_id)).toEqual(winners[0]?.data?.order);
      const history = (await api.rows(`ORDER#${order.order_id}`)).filter(({ sk }) => sk !== 'ORDER');
      expect(history).toHaveLength(2);
      expect(mailsOf(order.order_id)).toHaveLength(1);
    },
  );

  it('An appointment of an older state is stale, whatever else is against it, and the current order is shown', async () => {
    const order = api.freshOrder();
    const { data } = await api.update(order, {
      appointment: { appt_id: order.appt_id, cancel_reason: 'Rain' },
    });
    for (const stale of [await make(order), await move(order), await move({ ...order, appt_id: 1 })]) {
      expect(stale).toMatchObject({ http: 400, status: 'invalid-param', data });
      expect(codes(stale)).toEqual(['updated_at stale']);
    }
  });
});

describe('a refusal', () => {
  it('Moving an appointment is refused when it is cancelled, or when the order does not have it', async () => {
    const order = api.freshOrder();
    expect(codes(await move({ ...order, appt_id: api.order('story').appt_id }))).toEqual([
      'appt_id not-found',
    ]);
    const { data } = await api.update(order, {
      appointment: { appt_id: order.appt_id, cancel_reason: 'Rain' },
    });
    const seen = { ...order, updated_at: data?.order.updated_at ?? '' };
    expect(codes(await move(seen))).toEqual(['appt_id already-cancelled']);
    expect(await api.storedOrder(order.order_id)).toEqual(data?.order);
  });

  it.each(ways)(
    'In %s an appointment, an order of somebody else is refused as one that does not exist',
    async (_, change) => {
      const absent = await change({ ...api.order('other'), order_id: 1 });
      expect([absent.http, codes(absent)]).toEqual([400, ['order_id not-found']]);
      for (const token of [api.tokens.client, api.tokens.liaison]) {
        const { errors, data } = await change(api.order('other'), {}, token);
        expect({ errors, data }).toEqual({ errors: absent.errors, data: undefined });
      }
    },
  );

  it.each(ways)('In %s an appointment, every fault is listed', async (_, change) => {
    const order = { ...api.order('plain_20'), order_id: 1 };
    const faulty = { scheduled_for: '2999-03-01', duration_minutes: 0, appt_id: -1, cancel_reason: 'Rain' };
    expect(codes(await change(order, faulty))).toEqual([
      change === make ? 'appt_id unknown' : 'appt_id too-small',
      'cancel_reason unknown',
      'duration_minutes too-small',
      'order_id not-found',
      'scheduled_for malformed',
    ]);
    const nothing = { order_id: null, updated_at: null, scheduled_for: null };
    const missing = await change(order, nothing);
    expect([missing.status, codes(missing)]).toEqual([
      'missing-param',
      ['order_id missing', 'scheduled_for missing', 'updated_at missing'],
    ]);
    expect(codes(await change(api.order('plain_20'), { duration_minutes: 1_441 }))).toEqual([
      'duration_minutes too-large',
    ]);
  });

  it.each(ways)('In %s an appointment, a caller who may not is refused', async (_, change) => {
    const order = api.order('plain_20');
    const { tokens } = api;
    expect(await change(order, {}, tokens.application_read_only)).toMatchObject({ status: 'invalid-token' });
    expect(await change(order, {}, tokens.no_role)).toMatchObject({ status: 'client-required' });
  });

  /** An order of the demo client's that is put into the table as it is. */
  const put = async (given: Partial<Order>): Promise<Order> => {
    const { client_id } = api.order('plain_1');
    const order = anOrder({ order_id: randomId(), client_id, ...given });
    await api.put(rowOfOrder(order));
    return order;
  };

  it('An order that has 100 appointments gets no further one, and they can be moved all the same', async () => {
    const appointments = Array.from({ length: 100 }, (_, index) => anAppointment({ appt_id: index + 1 }));
    const order = await put({ appointments });
    expect(codes(await make(order))).toEqual(['order_id too-many-appointments']);
    expect(await api.storedOrder(order.order_id)).toEqual(order);
    expect(await move({ ...api.freshOrder(), ...order, appt_id: 100 })).toMatchObject({ http: 200 });
  });

  it('What would make an order too large is refused by the name of what does, and nothing is saved', async () => {
    const bare = anOrder({ order_id: randomId(), client_id: api.order('plain_1').client_id, notes: '' });
    const bytes = Buffer.byteLength(JSON.stringify(bare));
    const order = await put({ ...bare, notes: 'x'.repeat(MAX_ORDER_BYTES - bytes) });
    const rows = await api.rows(`ORDER#${order.order_id}`);
    const seen = { ...api.freshOrder(), ...order, appt_id: 21 };
    const line_items = [{ name: 'Ladder', quantity: 1 }];
    const refused = [
      await make(order),
      await api.update(seen, { line_items }, api.tokens.employee),
      await api.update(seen, { appointment: { appt_id: 21, cancel_reason: 'Rain' } }),
    ];
    expect(refused.map(({ http, status }) => [http, status])).toEqual(Array(3).fill([400, 'invalid-param']));
    expect(refused.map(codes)).toEqual([
      ['order_id order-too-large'],
      ['line_items order-too-large'],
      ['appointment order-too-large'],
    ]);
    expect(await api.rows(`ORDER#${order.order_id}`)).toEqual(rows);
    expect(mailsOf(order.order_id)).toEqual([]);
    const shorter = await api.update(seen, { notes: '', line_items }, api.tokens.employee);
    expect(shorter.http).toBe(200);
  });

  it('An order of release 0.2 may be changed to be as large as it is, or smaller', async () => {
    const bare = anOrder({ order_id: randomId(), client_id: api.order('plain_1').client_id, notes: '' });
    const bytes = Buffer.byteLength(JSON.stringify(bare));
    const order = await put({ ...bare, notes: 'x'.repeat(390_000 - bytes) });
    const shown = await api.get(`orders/show?order_id=${order.order_id}`, api.tokens.client);
    expect(shown.data?.order).toEqual(order);
    const seen = (updated_at: string) => ({ ...api.order('plain_1'), ...order, updated_at, appt_id: 21 });
    expect(
      codes(
        await api.update(
          seen(order.updated_at),
          { line_items: [{ name: 'x', quantity: 1 }] },
          api.tokens.employee,
        ),
      ),
    ).toEqual(['line_items order-too-large']);
    // The notes can only be as long as any: the first change of them makes room.
    const line_items = [{ line_item_id: 11, completed_quantity: 10 }];
    const done = await api.update(
      seen(order.updated_at),
      { notes: 'Short.', line_items },
      api.tokens.employee,
    );
    expect(done).toMatchObject({ http: 200, data: { order: { status: 'completed', notes: 'Short.' } } });
  });
});
