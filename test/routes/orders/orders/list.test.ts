import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../../../functions/orders/order.ts';
import { listingPlace, orderRows } from '../../../../functions/orders/order-row.ts';
import { anApplicationToken } from '../../../support/echo-route.ts';
import { type Answer, TestStack } from '../../../support/local-stack.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

type Query = Record<string, string | number>;
const list = (token: string, query: Query = {}): Promise<Answer> => {
  const params = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return api.get(`orders/list?${new URLSearchParams(params)}`, token);
};
/** All pages of a list, put together. */
const listAll = async (token: string, query: Query = {}): Promise<Order[]> => {
  const orders: Order[] = [];
  let cursor: string | null | undefined;
  do {
    const { data } = await list(token, { limit: 100, ...query, ...(cursor && { cursor }) });
    orders.push(...(data?.orders ?? []));
    cursor = data?.next_cursor;
  } while (cursor);
  return orders;
};
/** The orders that there are, the newest change first. */
const stored = async (): Promise<Order[]> => {
  const rows = (await api.rowsStarting('ORDER#')).filter(({ sk }) => sk === 'ORDER');
  return rows
    .map((row) => orderRows.read(row))
    .sort((one, other) => (listingPlace(one) < listingPlace(other) ? 1 : -1));
};
const storedOf = async (order: string): Promise<Order[]> => {
  const { client_id } = api.order(order);
  return (await stored()).filter((each) => each.client_id === client_id);
};
const codes = ({ errors }: Answer) => errors?.map(({ param, code }) => `${param} ${code}`).sort();

describe('a list of orders', () => {
  it.each(['employee', 'application', 'application_read_only'] as const)(
    'The list of orders has all of them for the token %s',
    async (name) => {
      const orders = await listAll(api.tokens[name]);
      expect(orders.length).toBeGreaterThan(25);
      expect(orders).toEqual(await stored());
    },
  );

  it('The list of orders has a client’s own orders', async () => {
    expect(await listAll(api.tokens.client)).toEqual(await storedOf('story'));
    expect(await listAll(api.tokens.other_client)).toEqual(await storedOf('other'));
  });

  it('The list of orders has those of a liaison’s clients', async () => {
    expect(await listAll(api.tokens.liaison)).toEqual(await storedOf('story'));
  });

  it('The list of orders begins with the order that was changed last', async () => {
    const order = api.freshOrder();
    const { data } = await api.update(order, { notes: 'Newest.' });
    const { orders: [first] = [] } = (await list(api.tokens.client, { limit: 1 })).data ?? {};
    expect(first).toEqual(data?.order);
  });

  it('The list of orders can be of one status, of one client, and of what changed since a time', async () => {
    const { client_id, order_id } = api.order('story');
    const { updated_at } = await api.storedOrder(order_id);
    const completed = await listAll(api.tokens.employee, { status: 'completed', client_id });
    expect(completed).toEqual((await storedOf('story')).filter(({ status }) => status === 'completed'));
    expect(completed.map((order) => order.order_id)).toContain(order_id);
    expect(await listAll(api.tokens.liaison, { client_id })).toEqual(await storedOf('story'));

    const other = await storedOf('other');
    expect(await listAll(api.tokens.employee, { client_id: other[0]?.client_id ?? 0 })).toEqual(other);

    const since = await listAll(api.tokens.employee, { updated_since: updated_at });
    expect(since.at(-1)?.order_id).toBe(order_id);
    const after = new Date(Date.parse(updated_at) + 1).toISOString();
    expect(await listAll(api.tokens.employee, { updated_since: after })).toEqual(since.slice(0, -1));
    const zoned = updated_at.replace('Z', '+00:00');
    expect(await listAll(api.tokens.employee, { updated_since: zoned })).toEqual(since);
    const minute = `${updated_at.slice(0, 16)}z`;
    expect(await listAll(api.tokens.employee, { updated_since: minute })).toEqual(
      (await stored()).filter((order) => order.updated_at >= updated_at.slice(0, 16)),
    );
  });
});

describe('a page', () => {
  it('A page of orders has 25 unless it is said how many, and tells where the list goes on, if it does', async () => {
    const orders = await stored();
    const first = await list(api.tokens.employee);
    expect(first.data?.orders).toEqual(orders.slice(0, 25));
    const cursor = first.data?.next_cursor ?? '';
    const second = await list(api.tokens.employee, { cursor });
    expect(second.data).toEqual({ orders: orders.slice(25), next_cursor: null });
  });

  it.each([1, 7, 100])(
    'A page of orders, %i at most, is followed by the others until the end',
    async (limit) => {
      expect(await listAll(api.tokens.client, { limit })).toEqual(await storedOf('story'));
    },
  );

  it('A page of orders can be of another size than the one before', async () => {
    const orders = await storedOf('story');
    const { data } = await list(api.tokens.client, { limit: 2 });
    const next = await list(api.tokens.client, { limit: 3, cursor: data?.next_cursor ?? '' });
    expect(next.data?.orders).toEqual(orders.slice(2, 5));
  });

  it('A page of orders has only what the caller may see, whoever was given its cursor', async () => {
    const { data } = await list(api.tokens.employee, { limit: 1 });
    const cursor = data?.next_cursor ?? '';
    const { client_id } = api.order('other');
    const { orders = [] } = (await list(api.tokens.other_client, { limit: 100, cursor })).data ?? {};
    expect(new Set(orders.map((order) => order.client_id))).toEqual(new Set([client_id]));
  });
});

describe('a refusal', () => {
  it.each<[Query, string]>([
    [{ status: 'done' }, 'status not-one-of'],
    [{ status: '' }, 'status not-one-of'],
    [{ client_id: '1.0' }, 'client_id malformed'],
    [{ client_id: '9007199254740992' }, 'client_id too-large'],
    [{ client_id: '-0' }, 'client_id too-small'],
    [{ updated_since: '1999-12-31T23:59:59Z' }, 'updated_since malformed'],
    [{ updated_since: '2026-12-01' }, 'updated_since malformed'],
    [{ updated_since: '2026-12-01T09:00:00' }, 'updated_since malformed'],
    [{ limit: 0 }, 'limit too-small'],
    [{ limit: 101 }, 'limit too-large'],
    [{ limit: '1e1' }, 'limit malformed'],
    [{ cursor: '' }, 'cursor malformed'],
    [{ cursor: 'QUJD' }, 'cursor malformed'],
    [{ state: 'open' }, 'state unknown'],
  ])('A list of orders with %j is refused', async (query, fault) => {
    const answer = await list(api.tokens.employee, query);
    expect(answer).toMatchObject({ http: 400, status: 'invalid-param' });
    expect(codes(answer)).toEqual([fault]);
  });

  it('A list of orders that is refused has every fault listed', async () => {
    const answer = await list(api.tokens.employee, {
      status: 'done',
      client_id: 7,
      updated_since: 'yesterday',
      limit: 0,
      cursor: 'QUJD',
      page: 2,
    });
    expect(codes(answer)).toEqual([
      'client_id not-found',
      'cursor malformed',
      'limit too-small',
      'page unknown',
      'status not-one-of',
      'updated_since malformed',
    ]);
  });

  it('A list of orders that is refused is not refused for what is right beside a fault', async () => {
    const { client_id } = api.order('plain_1');
    for (const token of [api.tokens.client, api.tokens.liaison, api.tokens.employee]) {
      expect(codes(await list(token, { client_id, limit: 0 }))).toEqual(['limit too-small']);
      expect(codes(await list(token, { client_id, page: 2 }))).toEqual(['page unknown']);
    }
  });

  it('A list of orders is refused alike for a client that nobody knows and for one out of reach', async () => {
    const unknown = await list(api.tokens.client, { client_id: 7 });
    expect(codes(unknown)).toEqual(['client_id not-found']);
    const { client_id } = api.order('other');
    for (const token of [api.tokens.client, api.tokens.liaison]) {
      const { errors, status, http, message } = await list(token, { client_id });
      expect({ errors, status, http, message }).toEqual({
        errors: unknown.errors,
        status: unknown.status,
        http: unknown.http,
        message: unknown.message,
      });
    }
    expect(codes(await list(api.tokens.employee, { client_id: 7 }))).toEqual(['client_id not-found']);
  });

  it('A list of orders is refused with a cursor of other parameters, but not of another limit', async () => {
    const { client_id } = api.order('plain_1');
    const { data } = await list(api.tokens.client, { limit: 1, status: 'open' });
    const cursor = data?.next_cursor ?? '';
    for (const query of [{}, { status: 'completed' }, { status: 'open', client_id }] as Query[]) {
      expect(codes(await list(api.tokens.client, { ...query, cursor }))).toEqual(['cursor other-list']);
    }
    // Whether it belongs to a status that is none is not to be told.
    expect(codes(await list(api.tokens.client, { status: 'done', cursor }))).toEqual(['status not-one-of']);
  });

  it('A list of orders is refused with a cursor that was given for another route, or changed', async () => {
    const { order_id } = api.order('story');
    const history = await api.get(`orders/history?limit=1&order_id=${order_id}`, api.tokens.client);
    const cursor = history.data?.next_cursor ?? '';
    expect(codes(await list(api.tokens.client, { cursor }))).toEqual(['cursor other-list']);
    const mine = (await list(api.tokens.client, { limit: 1 })).data?.next_cursor ?? '';
    const changed = (mine.startsWith('A') ? 'B' : 'A') + mine.slice(1);
    expect(codes(await list(api.tokens.client, { cursor: changed }))).toEqual(['cursor malformed']);
  });

  it('A list of orders is refused to a caller who may see no order, or who is nobody', async () => {
    const { tokens } = api;
    expect(await list(tokens.no_role)).toMatchObject({ http: 401, status: 'client-required' });
    expect(await list(tokens.expired)).toMatchObject({ http: 401, status: 'session-expired' });
    expect(await list(`ses_${'A'.repeat(43)}`)).toMatchObject({ http: 401, status: 'invalid-token' });
    const writer = anApplicationToken('orders:write');
    await api.put(writer.row);
    expect(await list(writer.token)).toMatchObject({ http: 401, status: 'invalid-token' });
    expect(await api.send('orders/list', {})).toMatchObject({ status: 'missing-param' });
    const inQuery = await api.send(`orders/list?token=${tokens.client}`, {});
    expect([inQuery.status, codes(inQuery)]).toEqual(['invalid-param', ['token in-query']]);
  });
});
