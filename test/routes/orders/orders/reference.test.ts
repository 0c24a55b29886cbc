import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../../../functions/orders/order.ts';
import { TestStack } from '../../../support/local-stack.ts';

/** The client's own number for an order: given, changed, found by, and nobody else's. */

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

type Token = keyof TestStack['tokens'];
const aReference = () => `PO ${randomUUID()}`;
const codes = ({ errors }: { errors?: { param: string; code: string }[] }) =>
  errors?.map(({ param, code }) => `${param} ${code}`).sort();

const create = (reference: unknown, token: Token = 'client', more: object = {}) =>
  api.post('orders/create', {
    token: api.tokens[token],
    reference,
    line_items: [{ name: 'Hedge', quantity: 1 }],
    appointment: { scheduled_for: '2999-03-01T09:00:00Z' },
    ...more,
  });
const made = async (reference?: string): Promise<Order> => {
  const { data } = await create(reference);
  if (data === undefined) throw new Error('no order was made');
  return data.order;
};
const change = (order: Order | undefined, more: object) =>
  api.post('orders/update', {
    token: api.tokens.client,
    order_id: order?.order_id,
    updated_at: order?.updated_at,
    appointment: { appt_id: order?.appointments[0]?.appt_id },
    ...more,
  });
const show = (query: Record<string, string | number>, token: Token = 'client') =>
  api.get(`orders/show?${new URLSearchParams(query as Record<string, string>)}`, api.tokens[token]);
const rowsOf = async (reference: string) =>
  (await api.rowsStarting('REFERENCE#')).filter(({ pk }) => String(pk).endsWith(`#${reference}`));

describe('the reference of an order', () => {
  it('The reference of an order is null unless it is given, and is given when the order is made', async () => {
    expect(await made()).toMatchObject({ reference: null });
    const reference = aReference();
    const order = await made(reference);
    expect(order.reference).toBe(reference);
    expect(await api.storedOrder(order.order_id)).toEqual(order);
    const { data } = await api.get(`orders/history?order_id=${order.order_id}`, api.tokens.client);
    expect(data?.history[0]?.changes).toContainEqual({ field: 'reference', before: null, after: reference });
  });

  it('The reference of an order is given and changed by an update, and the one before is free again', async () => {
    const [first, second] = [aReference(), aReference()];
    const order = await made();
    const given = await change(order, { reference: first });
    expect(given.data?.order.reference).toBe(first);
    const changed = await change(given.data?.order, { reference: second });
    expect(changed.data?.order).toMatchObject({ reference: second });
    expect(await rowsOf(first)).toEqual([]);
    expect(await rowsOf(second)).toMatchObject([{ order_id: order.order_id }]);
    expect((await create(first)).status).toBe('action-successful');
    const { data } = await api.get(`orders/history?order_id=${order.order_id}`, api.tokens.client);
    expect(data?.history.flatMap(({ changes }: { changes: unknown }) => changes)).toContainEqual({
      field: 'reference',
      before: first,
      after: second,
    });
  });

  it('The reference of an order stays as it is when an update does not name it, or names the same', async () => {
    const order = await made(aReference());
    expect((await change(order, { reference: order.reference })).data?.order).toEqual(order);
    const { data } = await change(order, { notes: 'Ring.' });
    expect(data?.order).toMatchObject({ reference: order.reference, notes: 'Ring.' });
  });

  it('The reference of an order is no other’s of its client, whoever gives it, but may be another client’s', async () => {
    const reference = aReference();
    const order = await made(reference);
    const { client_id } = order;
    for (const again of [
      await create(reference),
      await create(reference, 'employee', { client_id }),
      await change(await made(), { reference }),
    ]) {
      expect(again).toMatchObject({ http: 400, status: 'invalid-param' });
      expect(codes(again)).toEqual(['reference taken']);
    }
    const other = api.order('other');
    expect(other.client_id).not.toBe(client_id);
    expect(await create(reference, 'employee', { client_id: other.client_id })).toMatchObject({
      status: 'action-successful',
    });
    expect(await rowsOf(reference)).toHaveLength(2);
  });

  it('The reference of an order is one order’s also when several are made with it at the same time', async () => {
    const reference = aReference();
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(reference)));
    expect(answers.filter(({ status }) => status === 'action-successful')).toHaveLength(1);
    expect(answers.flatMap((answer) => codes(answer) ?? [])).toEqual(Array(4).fill('reference taken'));
  });

  it('The reference of an order is told to be another’s beside what else is wrong, in a dry run too', async () => {
    const reference = aReference();
    const taker = await made(reference);
    const order = await made();
    const quantity = [{ name: 'Hedge', quantity: 0 }];
    for (const more of [{}, { dry_run: true }]) {
      expect(codes(await change(order, { reference, notes: 7, ...more }))).toEqual([
        'notes type',
        'reference taken',
      ]);
      expect(codes(await create(reference, 'client', { line_items: quantity, ...more }))).toEqual([
        'line_items[0].quantity too-small',
        'reference taken',
      ]);
    }
    // It is nobody else’s, the caller has not seen the order as it is, or has no business with the client.
    expect(codes(await change(taker, { reference, notes: 7 }))).toEqual(['notes type']);
    const stale = { reference, updated_at: '2026-01-01T00:00:00.000Z' };
    expect(codes(await change(order, stale))).toEqual(['updated_at stale']);
    const { client_id } = api.order('other');
    const others = aReference();
    await create(others, 'employee', { client_id });
    expect(codes(await create(others, 'client', { client_id }))).toEqual(['client_id not-found']);
  });

  it.each([
    ['', 'blank'],
    ['two\nlines', 'malformed'],
    ['x'.repeat(65), 'too-long'],
    [7, 'type'],
  ])('The reference of an order is refused when it is %j: %s', async (reference, code) => {
    expect(codes(await create(reference))).toEqual([`reference ${code}`]);
    expect(codes(await change(await made(), { reference }))).toEqual([`reference ${code}`]);
  });
});

describe('an order is shown by its reference', () => {
  it('An order is shown by its reference to its client, and to whoever names the client', async () => {
    const order = await made(aReference());
    const reference = order.reference ?? '';
    expect((await show({ reference })).data?.order).toEqual(order);
    for (const token of ['client', 'liaison', 'employee', 'application_read_only'] as const) {
      expect((await show({ reference, client_id: order.client_id }, token)).data?.order).toEqual(order);
    }
  });

  it('An order that is not there by its reference looks the same as one that is not the caller’s to see', async () => {
    const reference = aReference();
    const { client_id } = api.order('other');
    await create(reference, 'employee', { client_id });
    const absent = await show({ reference: aReference() });
    expect(codes(absent)).toEqual(['reference not-found']);
    expect((await show({ reference, client_id })).errors).toEqual(absent.errors);
    expect((await show({ reference, client_id }, 'liaison')).errors).toEqual(absent.errors);
  });

  it.each<[Token, Record<string, string | number>, string[]]>([
    ['employee', { reference: 'PO' }, ['client_id missing']],
    ['application', { reference: 'PO' }, ['client_id missing']],
    ['employee', { client_id: 1 }, ['order_id missing']],
    ['client', { order_id: 1, reference: 'PO' }, ['reference conflicting']],
    ['client', { order_id: 1, client_id: 1 }, ['client_id conflicting']],
    ['client', { reference: '' }, ['reference blank']],
    ['employee', { order_id: 'one', reference: 'PO' }, ['order_id malformed', 'reference conflicting']],
  ])('An order is named in one way: of the token %s, %j is refused', async (token, query, expected) => {
    expect(codes(await show(query, token))).toEqual(expected);
  });
});
