import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApplicationToken } from '../../../../support/echo-route.ts';
import { SOON, TestStack } from '../../../../support/local-stack.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start({ environment: SOON });
});
afterAll(() => api.stop());

const codes = ({ errors }: { errors?: { param: string; code: string }[] }) =>
  errors?.map(({ param, code }) => `${param} ${code}`);

/** The entries of an order's history, of which making it was the first. */
const historyOf = async ({ order_id }: { order_id: number }) =>
  (await api.rows(`ORDER#${order_id}`)).filter(({ sk }) => String(sk).startsWith('HISTORY#'));

describe('a stale update', () => {
  it('A stale update shows the order as it is to who may read orders, and to nobody else', async () => {
    const order = api.freshOrder();
    const writer = anApplicationToken('orders:write');
    const both = anApplicationToken('orders:read', 'orders:write');
    await api.put(writer.row);
    await api.put(both.row);
    const stale = (token: string) => api.update(order, { updated_at: 'long ago' }, token);
    const [unseen, seen] = [await stale(writer.token), await stale(both.token)];
    expect([unseen, seen].map(codes)).toEqual([['updated_at stale'], ['updated_at stale']]);
    expect(unseen).not.toHaveProperty('data');
    expect(seen.data?.order.order_id).toBe(order.order_id);
    // Nor is it kept from making changes of which it knows enough.
    expect(await api.update(order, { notes: 'Blind.' }, writer.token)).toMatchObject({ http: 200 });
  });
});

describe('an update with several mistakes', () => {
  it('An update is told all its faults, also those beside others in one item or in the appointment', async () => {
    const order = api.freshOrder();
    const [one, other] = order.line_items;
    const answer = await api.update(
      order,
      {
        line_items: [
          { line_item_id: one?.line_item_id, bogus: 1, completed_quantity: 1, completed_date: '2990-01-01' },
          { line_item_id: other?.line_item_id, completed_quantity: 1_000, completed_by: '' },
        ],
        appointment: { appt_id: 5, bogus: 1, cancel_note: 'x' },
      },
      api.tokens.employee,
    );
    expect(codes(answer)?.toSorted()).toEqual([
      'appointment.appt_id not-found',
      'appointment.bogus unknown',
      'appointment.cancel_note without-reason',
      'line_items[0].bogus unknown',
      'line_items[0].completed_date in-future',
      'line_items[1].completed_by blank',
      'line_items[1].completed_quantity greater-than-quantity',
    ]);
  });
});

describe('who may update', () => {
  it.each(['client', 'liaison', 'employee', 'application'] as const)(
    'An update of notes and appointments is allowed to the token %s',
    async (name) => {
      const order = api.freshOrder();
      const appointment = { appt_id: order.appt_id, cancel_reason: 'Rain', cancel_note: 'All day' };
      const answer = await api.update(order, { notes: name, appointment }, api.tokens[name]);
      expect(answer).toMatchObject({ http: 200, data: { order: { notes: name } } });
      expect(answer.data?.order.appointments[0]).toMatchObject({
        status: 'cancelled',
        cancel_reason: 'Rain',
        cancel_note: 'All day',
      });
    },
  );

  it.each(['employee', 'application'] as const)(
    'An update of line items is allowed to the token %s',
    async (name) => {
      const order = api.freshOrder();
      const [first] = order.line_items;
      const line_items = [
        { line_item_id: first?.line_item_id, completed_quantity: 1 },
        { name: 'Ladder', quantity: 1 },
      ];
      const answer = await api.update(order, { line_items }, api.tokens[name]);
      expect(answer).toMatchObject({ http: 200, data: { order: { status: 'in_progress' } } });
      expect(answer.data?.order.line_items).toHaveLength(order.line_items.length + 1);
      expect(answer.data?.order.line_items[0]).toMatchObject({
        completed_quantity: 1,
        completed_by: name === 'employee' ? 'Emil Stone' : 'Dispatch',
        completed_date: new Date().toISOString().slice(0, 10),
      });
    },
  );

  it.each(['client', 'liaison'] as const)(
    'An update of line items is not allowed to the token %s',
    async (name) => {
      const order = api.order('plain_20');
      const answer = await api.update(
        order,
        { line_items: [{ name: 'Ladder', quantity: 1 }] },
        api.tokens[name],
      );
      expect(answer.status).toBe('invalid-param');
      expect(codes(answer)).toEqual(['line_items not-permitted']);
    },
  );

  it('An order that is not the caller’s is as unknown to an update as one that does not exist', async () => {
    const foreign = await api.update(api.order('other'), {}, api.tokens.client);
    const absent = await api.update({ ...api.order('other'), order_id: 1 }, {}, api.tokens.client);
    const unassigned = await api.update(api.order('other'), {}, api.tokens.liaison);
    for (const answer of [foreign, absent, unassigned]) {
      expect(answer).toMatchObject({ http: 400, status: 'invalid-param', message: absent.message });
      expect(answer.errors).toEqual(absent.errors);
      expect(answer.data).toBeUndefined();
    }
    expect(await api.update(api.order('other'), {}, api.tokens.other_client)).toMatchObject({ http: 200 });
  });
});

describe('an update', () => {
  it('An update of everything at its longest is saved, with all of it in the history', async () => {
    const order = api.freshOrder();
    const long = (character: string, length: number) => character.repeat(length);
    const added = Array.from({ length: 98 }, () => ({
      name: long('é', 200),
      quantity: 2,
      completed_quantity: 1,
      completed_by: long('é', 200),
    }));
    const first = await api.update(
      order,
      { notes: long('é', 10_000), line_items: added },
      api.tokens.employee,
    );
    expect(first.http).toBe(200);
    const { line_items = [], updated_at = '' } = first.data?.order ?? {};
    const changed = line_items.map(({ line_item_id }) => ({
      line_item_id,
      name: long('è', 200),
      completed_quantity: 2,
      completed_by: long('è', 200),
    }));
    const params = { notes: long('è', 10_000), line_items: changed };
    const second = await api.update({ ...order, updated_at }, params, api.tokens.employee);
    expect(second.http).toBe(200);
    const history = (await api.rows(`ORDER#${order.order_id}`)).filter(
      ({ at }) => at === second.data?.order.updated_at,
    );
    const fields = history.flatMap(({ changes }) =>
      (changes as { field: string }[]).map(({ field }) => field),
    );
    expect(fields).toHaveLength(new Set(fields).size);
    expect(fields.filter((field) => field.endsWith('.name'))).toHaveLength(100);
  });

  it('An update that takes an item back to nothing takes its date and name with it, and the status follows', async () => {
    const order = api.freshOrder();
    const [{ line_item_id = 0 } = {}] = order.line_items;
    const to = async (updated_at: string, completed_quantity: number) => {
      const line_items = [{ line_item_id, completed_quantity }];
      const { data } = await api.update({ ...order, updated_at }, { line_items }, api.tokens.employee);
      if (data === undefined) throw new Error('it was refused');
      return data.order;
    };
    const begun = await to(order.updated_at, 2);
    expect(begun).toMatchObject({ status: 'in_progress', line_items: [{ completed_by: 'Emil Stone' }, {}] });
    const undone = await to(begun.updated_at, 0);
    const nothing = { completed_quantity: 0, completed_date: null, completed_by: null };
    expect(undone).toMatchObject({ status: 'open', line_items: [nothing, {}] });
    expect(await api.storedOrder(order.order_id)).toEqual(undone);
    const [entry] = (await historyOf(order)).slice(-1);
    expect(entry?.changes).toMatchObject([
      { field: 'status', before: 'in_progress', after: 'open' },
      { field: `line_items[${line_item_id}].completed_quantity`, before: 2, after: 0 },
      { field: `line_items[${line_item_id}].completed_date`, after: null },
      { field: `line_items[${line_item_id}].completed_by`, before: 'Emil Stone', after: null },
    ]);
  });

  it('An update that dates or credits what is not completed is refused, one fault for each', async () => {
    const order = api.freshOrder();
    const [{ line_item_id = 0 } = {}] = order.line_items;
    const line_items = [
      { line_item_id, completed_date: '2026-11-02', completed_by: 'Anna' },
      { name: 'Ladder', quantity: 1, completed_quantity: 0, completed_date: '2999-01-01' },
    ];
    const answer = await api.update(order, { line_items }, api.tokens.employee);
    expect(answer).toMatchObject({ http: 400, status: 'invalid-param' });
    expect(codes(answer)?.toSorted()).toEqual([
      'line_items[0].completed_by nothing-completed',
      'line_items[0].completed_date nothing-completed',
      'line_items[1].completed_date in-future',
    ]);
    expect(answer.errors).toContainEqual(
      expect.objectContaining({
        message: 'line_items[0].completed_date is given where nothing is completed.',
      }),
    );
    expect(await historyOf(order)).toHaveLength(1);
  });

  it('An update to -0 is one to 0, which changes nothing, and is too small as an id or a quantity', async () => {
    const order = api.freshOrder();
    const [{ line_item_id = 0 } = {}] = order.line_items;
    const send = (item: string) => {
      const { order_id, updated_at, appt_id } = order;
      const params = { token: api.tokens.employee, order_id, updated_at, appointment: { appt_id } };
      return api.send('orders/update', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `${JSON.stringify(params).slice(0, -1)},"line_items":[{${item}}]}`,
      });
    };
    const answer = await send(`"line_item_id":${line_item_id},"completed_quantity":-0`);
    expect(answer).toMatchObject({ http: 200, data: { order: { updated_at: order.updated_at } } });
    expect(await historyOf(order)).toHaveLength(1);
    expect(codes(await send('"line_item_id":-0,"quantity":-0.0'))).toEqual([
      'line_items[0].line_item_id too-small',
      'line_items[0].quantity too-small',
    ]);
  });

  it('An update with whole numbers beyond 2^53 has one fault for each of them', async () => {
    const params = {
      line_items: [{ line_item_id: 2 ** 53, quantity: 1e300, completed_quantity: -(2 ** 60) }],
    };
    expect(
      codes(await api.update({ ...api.freshOrder(), order_id: 2 ** 53 + 2 }, params, api.tokens.employee)),
    ).toEqual([
      'order_id too-large',
      'line_items[0].line_item_id too-large',
      'line_items[0].quantity too-large',
      'line_items[0].completed_quantity too-small',
    ]);
  });

  it('An update takes names in every script, and none that breaks a line or that nobody can see', async () => {
    const order = api.freshOrder();
    const added = (name: string) => ({ name, quantity: 1, completed_quantity: 1, completed_by: name });
    const names = ['❤️ 👩🏽‍🔧', 'نیم‌فاصله', '窓', 'Zoë'];
    const taken = await api.update(order, { line_items: names.map(added) }, api.tokens.employee);
    expect(taken.data?.order.line_items.slice(-4)).toMatchObject(
      names.map((name) => ({ name, completed_by: name })),
    );
    const seen = { ...order, updated_at: taken.data?.order.updated_at ?? '' };
    const refused = await api.update(
      seen,
      {
        line_items: [added('A\u2028B'), added('\u200b\u3164')],
        appointment: { appt_id: order.appt_id, cancel_reason: ' \n' },
      },
      api.tokens.employee,
    );
    expect(codes(refused)).toEqual([
      'line_items[0].name malformed',
      'line_items[0].completed_by malformed',
      'line_items[1].name blank',
      'line_items[1].completed_by blank',
      'appointment.cancel_reason blank',
    ]);
  });

  it('Of 50 updates at once on one updated_at one succeeds, and the others get the current order', async () => {
    const order = api.freshOrder();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => api.update(order, { notes: `update ${index}` })),
    );
    const [winner, ...others] = answers.filter(({ http }) => http === 200);
    expect(others).toEqual([]);
    const losers = answers.filter((answer) => answer !== winner);
    expect(losers).toHaveLength(49);
    for (const loser of losers) {
      expect(loser).toMatchObject({ http: 400, status: 'invalid-param' });
      expect(codes(loser)).toEqual(['updated_at stale']);
      expect(loser.data).toEqual(winner?.data);
    }
    expect(await historyOf(order)).toHaveLength(2);
  });

  it('An update that changes nothing writes nothing and sends nothing', async () => {
    const order = api.freshOrder();
    const { notes } = await api.storedOrder(order.order_id);
    const rows = await api.rows(`ORDER#${order.order_id}`);
    const answer = await api.update(order, { notes, line_items: [] });
    expect(answer).toMatchObject({ http: 200, data: { order: { updated_at: order.updated_at } } });
    expect(await api.rows(`ORDER#${order.order_id}`)).toEqual(rows);
  });

  it('An update is in the history, with who changed what before and after', async () => {
    const order = api.freshOrder();
    const { data } = await api.update(order, { notes: 'Side gate.' }, api.tokens.employee);
    expect((await historyOf(order)).at(-1)).toMatchObject({
      at: data?.order.updated_at,
      by: { token: 'session', name: 'Emil Stone' },
      changes: [{ field: 'notes', after: 'Side gate.' }],
    });
  });
});

describe('an e-mail to the client', () => {
  const mailOf = (order_id: number) =>
    api.stack.messages().filter(({ metadata }) => metadata?.order_id === order_id);

  it('An e-mail to the client tells that an appointment was cancelled, and why', async () => {
    const order = api.freshOrder();
    await api.update(order, {
      appointment: { appt_id: order.appt_id, cancel_reason: 'Storm', cancel_note: 'Höhe <b>' },
    });
    const [message, ...more] = mailOf(order.order_id);
    expect(more).toEqual([]);
    expect(message?.to).toMatchObject([{ email: 'ada.brook@example.com' }]);
    expect(message?.text).toContain('Storm');
    expect(message?.text).toContain('Höhe <b>');
    expect(message?.html).toContain('Storm');
    expect(message?.html).toContain('Höhe &lt;b&gt;');
  });

  it('An e-mail to the client tells that the order was completed, once', async () => {
    const order = api.freshOrder();
    const line_items = order.line_items.map(({ line_item_id, quantity }) => ({
      line_item_id,
      completed_quantity: quantity,
    }));
    const { data } = await api.update(order, { line_items }, api.tokens.application);
    expect(data?.order.status).toBe('completed');
    await api.update({ ...order, updated_at: data?.order.updated_at ?? '' }, { notes: 'Thanks.' });
    expect(mailOf(order.order_id).map(({ subject }) => subject)).toEqual([
      `Order ${order.order_id}: completed`,
    ]);
  });

  it('An e-mail to the client is not sent for other changes', async () => {
    const order = api.freshOrder();
    await api.update(order, { notes: 'No mail, please.' });
    expect(mailOf(order.order_id)).toEqual([]);
  });

  it.each([
    ['mail_rejected', 'rejected', 'parked'],
    ['mail_invalid', 'invalid', 'parked'],
    ['mail_badkey', 'invalid-key', 'unsent'],
    ['mail_fault', 'mandrill-error', 'unsent'],
    ['mail_payment', 'payment-required', 'unsent'],
    ['mail_nonsense', 'unintelligible', 'unsent'],
    ['mail_html', 'unintelligible', 'unsent'],
    ['mail_hang', 'timeout', 'unsent'],
  ])(
    'An update whose e-mail Mandrill does not take (%s) is saved, and the team is told',
    async (name, kind, state) => {
      const order = api.order(name);
      const appointment = { appt_id: order.appt_id, cancel_reason: 'Rain' };
      const answer = await api.update(order, { appointment }, api.tokens.employee);
      expect(answer).toMatchObject({ http: 500, status: 'mandrill-email-failed' });
      expect(await api.storedOrder(order.order_id)).toEqual(answer.data?.order);
      expect(answer.data?.order.appointments[0]?.status).toBe('cancelled');
      const notifications = await api.rows('NOTIFICATION');
      const about = notifications.filter(({ last_order_id }) => last_order_id === order.order_id);
      const notification = about.find((each) => each.kind === 'mandrill-email-failed');
      expect(about.some((each) => each.kind === 'email-parked')).toBe(state === 'parked');
      expect(notification).toMatchObject({
        state: 'open',
        last_request_id: answer.request_id,
      });
      expect(String(notification?.cause)).toContain(kind);
      expect(await api.email(order.order_id)).toMatchObject({ state, attempts: 1, last_failure: { kind } });
    },
  );
});
