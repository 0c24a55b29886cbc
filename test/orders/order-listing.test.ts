import { beforeEach, describe, expect, it } from 'vitest';
import { FormerLists } from '../../functions/orders/former-lists.ts';
import type { Order } from '../../functions/orders/order.ts';
import { findOrders, type OrderSelection } from '../../functions/orders/order-listing.ts';
import { clientList, listingPlace, orderKey, rowOfOrder } from '../../functions/orders/order-row.ts';
import { randomId } from '../../functions/table/ids.ts';
import { anOrderAt, putOrders, stopLists, timeAt } from '../support/order-lists.ts';
import { aLineItem } from '../support/orders.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
beforeEach(() => db.clear());

const ALL: OrderSelection = { clients: undefined, status: undefined, since: undefined };
const list = async (selection: Partial<OrderSelection> = {}, after?: string) =>
  (await findOrders(db.open(), { ...ALL, ...selection }, { after, limit: 100 })).items;

describe('orders', () => {
  const [ada, max] = [randomId(), randomId()];
  const newest = anOrderAt(4, { client_id: ada, status: 'completed' });
  const newer = anOrderAt(3, { client_id: max, status: 'open' });
  const older = anOrderAt(2, { client_id: ada, status: 'open' });
  const oldest = anOrderAt(1, { client_id: ada, status: 'in_progress' });
  beforeEach(() => putOrders(db, older, newest, oldest, newer));

  it.each<[string, Partial<OrderSelection>, Order[]]>([
    ['of all clients', {}, [newest, newer, older, oldest]],
    ['of a client', { clients: [ada] }, [newest, older, oldest]],
    ['of several clients', { clients: [max, ada] }, [newest, newer, older, oldest]],
    ['of a client without any', { clients: [randomId()] }, []],
    ['of a status', { status: 'open' }, [newer, older]],
    ['of a status and a client', { status: 'open', clients: [ada] }, [older]],
    ['that changed at a time or later', { since: timeAt(3) }, [newest, newer]],
    ['of a client that changed then or later', { since: timeAt(2), clients: [ada] }, [newest, older]],
    ['of a status that changed then or later', { since: timeAt(3), status: 'open' }, [newer]],
    ['by all of these', { since: timeAt(2), status: 'open', clients: [ada, max] }, [newer, older]],
    ['that changed at a time yet to come', { since: timeAt(5) }, []],
  ])('Orders are listed %s, the newest change first', async (_, selection, expected) => {
    expect(await list(selection)).toEqual(expected);
  });

  it('Orders that changed at one time are all listed, in the same order each time', async () => {
    const same = Array.from({ length: 6 }, () => anOrderAt(7, { client_id: ada }));
    await putOrders(db, ...same);
    const first = await list({ since: timeAt(7) });
    expect(first.map(listingPlace)).toEqual(same.map(listingPlace).sort().reverse());
    expect(await list({ since: timeAt(7), clients: [ada] })).toEqual(first);
  });

  it('Orders of no clients are none, without a query', async () => {
    expect(await list({ clients: [] })).toEqual([]);
    expect(db.wire.operations).toEqual([]);
  });

  it('Orders that changed later than the place to go on from are none, without a query', async () => {
    expect(await list({ since: timeAt(3) }, listingPlace(older))).toEqual([]);
    expect(db.wire.operations).toEqual([]);
  });

  it('A list of orders goes on after a place, whether or not there is still an order', async () => {
    expect(await list({}, listingPlace(newer))).toEqual([older, oldest]);
    expect(await list({ clients: [ada] }, listingPlace(newer))).toEqual([older, oldest]);
    expect(await list({ since: timeAt(2) }, listingPlace(newer))).toEqual([older]);
  });
});

describe('a page', () => {
  const clients = [randomId(), randomId()];
  const some = (count: number) =>
    Array.from({ length: count }, (_, index) => anOrderAt(index, { client_id: clients[index % 2] ?? 0 }));

  it.each<[string, Partial<OrderSelection>, queries: number]>([
    ['of all orders', {}, 3],
    ['of all orders of a status', { status: 'open' }, 1],
    ['of two clients', { clients }, 6],
    ['of two clients’ orders of a status', { clients, status: 'open' }, 2],
  ])('A page %s costs the same however many orders there are', async (_, selection, queries) => {
    const former = new FormerLists();
    const page = () =>
      findOrders(db.open(), { ...ALL, ...selection }, { after: undefined, limit: 3 }, former);
    await page();
    for (const count of [5, 195]) {
      await putOrders(db, ...some(count));
      db.wire.reset();
      await page();
      expect(db.wire.operations).toEqual([...Array(queries).fill('Query'), 'BatchGetItem']);
    }
  });

  it('A page of as many orders as there can be on one takes six requests with that of the token', async () => {
    const former = new FormerLists();
    const page = () => findOrders(db.open(), ALL, { after: undefined, limit: 100 }, former);
    await putOrders(db, ...some(120));
    await page();
    db.wire.reset();
    expect((await page()).items).toHaveLength(100);
    expect(db.wire.operations).toHaveLength(5);
  });
});

describe('orders that release 0.2 has written', () => {
  const orders = Array.from({ length: 8 }, (_, index) => anOrderAt(index)).toReversed();
  /** As that release has left it, in one of its four lists. */
  const putAsBefore = (order: Order, index: number) =>
    db.put({ ...rowOfOrder(order), shared_list: `ORDERS#${index % 4}#open` });
  beforeEach(() => Promise.all(orders.map(putAsBefore)));

  /** All pages of a list, and how many queries each took. */
  const pages = async (former: FormerLists, limit: number, selection: Partial<OrderSelection> = {}) => {
    const seen: { items: Order[]; queries: number }[] = [];
    let after: string | undefined;
    do {
      db.wire.reset();
      const { items, next } = await findOrders(db.open(), { ...ALL, ...selection }, { after, limit }, former);
      seen.push({ items, queries: db.wire.operations.filter((each) => each === 'Query').length });
      after = next;
    } while (after !== undefined);
    return seen;
  };

  it.each([1, 3, 8, 100])(
    'Orders of release 0.2 are listed among all others, by pages of %i',
    async (limit) => {
      const newer = [9, 8].map((at) => anOrderAt(at));
      await putOrders(db, ...newer);
      const former = new FormerLists();
      for (const _ of [1, 2]) {
        expect((await pages(former, limit)).flatMap(({ items }) => items)).toEqual([...newer, ...orders]);
        const open = await pages(former, limit, { status: 'open', since: timeAt(5) });
        expect(open.flatMap(({ items }) => items)).toEqual([...newer, ...orders.slice(0, 3)]);
      }
    },
  );

  it('A list is read without the lists of release 0.2 as long as these only have older orders', async () => {
    const newer = Array.from({ length: 5 }, (_, index) => anOrderAt(20 - index));
    await putOrders(db, ...newer);
    const former = new FormerLists();
    expect((await pages(former, 4)).map(({ queries }) => queries)[0]).toBe(12);
    const [first, ...others] = await pages(former, 4);
    expect(first).toEqual({ items: newer.slice(0, 4), queries: 3 });
    // Two of those that release 0.2 has not written since are in no list of its own, and none was ever begun or completed.
    expect(others.map(({ queries }) => queries)).toEqual([6, 6, 6]);
  });

  it('An order that is written again leaves the list of release 0.2', async () => {
    const [newest, ...rest] = orders as [Order, ...Order[]];
    const again = { ...newest, updated_at: timeAt(30) };
    await putOrders(db, again);
    expect(await list()).toEqual([again, ...rest]);
  });
});

describe('an order that has changed while the index lags', () => {
  const client_id = randomId();
  const clients = [client_id];
  const [newest, order, oldest] = [3, 2, 1].map((at) => anOrderAt(at, { client_id })) as [
    Order,
    Order,
    Order,
  ];
  beforeEach(() => putOrders(db, newest, order, oldest));

  const changed = { ...order, notes: 'New.', updated_at: timeAt(9) };
  const begun: Order = {
    ...changed,
    status: 'in_progress',
    line_items: [aLineItem({ completed_quantity: 1 })],
  };

  it('An order that has changed while the index lags is shown as it is now, and where it is now', async () => {
    await stopLists(db);
    await putOrders(db, changed);
    expect(await list({ clients })).toEqual([changed, newest, oldest]);
    expect(await list({ clients, since: timeAt(2) })).toEqual([changed, newest]);
  });

  it('An order that has changed while the index lags is shown once while it is in two lists', async () => {
    await stopLists(db, (list) => list.endsWith('open'));
    await putOrders(db, begun);
    expect(await list({ clients })).toEqual([begun, newest, oldest]);
  });

  it('An order that has changed while the index lags is left out when it is not of the status any more', async () => {
    await stopLists(db);
    await putOrders(db, begun);
    expect(await list({ clients, status: 'open' })).toEqual([newest, oldest]);
  });

  it('An order that has left its page while the index lags does not end the list', async () => {
    await stopLists(db);
    await putOrders(db, { ...begun, order_id: newest.order_id });
    const selection = { ...ALL, clients, status: 'open' as const };
    const first = await findOrders(db.open(), selection, { after: undefined, limit: 1 });
    expect(first.items).toEqual([]);
    const second = await findOrders(db.open(), selection, { after: first.next, limit: 1 });
    expect(second.items).toEqual([order]);
  });
});

describe('among the rows of a list', () => {
  const client_id = randomId();
  const clients = [client_id];
  const orders = [3, 2, 1].map((at) => anOrderAt(at, { client_id }));
  beforeEach(() => putOrders(db, ...orders));

  it('An order that cannot be read is left out of a list and noted, page by page', async () => {
    const poison = anOrderAt(2, { client_id });
    await db.put({ ...rowOfOrder(poison), status: null });
    const table = db.open();
    const seen: Order[] = [];
    let after: string | undefined;
    do {
      const page = await findOrders(table, { ...ALL, clients }, { after, limit: 1 });
      seen.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(orders);
    expect(table.unreadable.map(({ key }) => key)).toContainEqual(orderKey(poison.order_id));
  });

  it('A row that is no order is left out of a list, and not asked for', async () => {
    const list = clientList(client_id, 'open');
    await db.put({ pk: 'ODD', sk: 'ODD', client_list: list, listed_at: timeAt(5) });
    const table = db.open();
    const { items } = await findOrders(table, { ...ALL, clients }, { after: undefined, limit: 10 });
    expect(items).toEqual(orders);
    expect(table.unreadable).toMatchObject([{ key: { pk: 'ODD', sk: 'ODD' } }]);
    expect(
      JSON.stringify(db.wire.requests.filter(({ operation }) => operation === 'BatchGetItem')),
    ).not.toContain('ODD');
  });

  it('An order of a status that only a later release knows is listed, but among none of our statuses', async () => {
    const held = anOrderAt(4, { client_id, status: 'on_hold' });
    await putOrders(db, held);
    expect(await list({ clients })).toEqual([held, ...orders]);
    expect(await list({ clients, status: 'open' })).toEqual(orders);
  });
});
