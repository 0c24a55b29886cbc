import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ORDER_STATUSES, type Order } from '../../functions/orders/order.ts';
import { findOrders, type OrderSelection } from '../../functions/orders/order-listing.ts';
import { listingPlace } from '../../functions/orders/order-row.ts';
import { randomId } from '../../functions/table/ids.ts';
import { MAX_PAGE_BYTES } from '../../functions/table/page.ts';
import { anOrderAt, putOrders, timeAt } from '../support/order-lists.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();

/** The pages of a list, from its start to its end. */
const pagesOf = async (
  selection: OrderSelection,
  limit: number,
  between: () => Promise<unknown> = async () => undefined,
): Promise<Order[][]> => {
  const pages: Order[][] = [];
  let after: string | undefined;
  do {
    const { items, next } = await findOrders(db.open(), selection, { after, limit });
    pages.push(items);
    after = next;
    await between();
  } while (after !== undefined);
  return pages;
};

const newestFirst = (orders: readonly Order[]): Order[] =>
  orders.toSorted((one, other) => (listingPlace(one) < listingPlace(other) ? 1 : -1));

/** Orders of three clients of their own, of which several can have changed at one time. */
const someOrders = fc
  .array(fc.record({ who: fc.nat(2), at: fc.nat(4), status: fc.constantFrom(...ORDER_STATUSES) }), {
    maxLength: 8,
  })
  .map((given) => {
    const clients = [randomId(), randomId(), randomId()];
    const orders = given.map(({ who, at, status }) =>
      anOrderAt(at, { client_id: clients[who] ?? 0, status }),
    );
    return { clients, orders };
  });
const selections = fc.record({
  status: fc.constantFrom(undefined, ...ORDER_STATUSES),
  since: fc.constantFrom(undefined, timeAt(2)),
  firstClients: fc.nat(3),
});

/** Checks that pages of every size, put together, are the selected orders, each once and in order. */
const expectAllOnce = async (selection: OrderSelection, orders: readonly Order[]): Promise<void> => {
  const { clients, status, since } = selection;
  const selected = newestFirst(orders).filter(
    (order) =>
      (clients?.includes(order.client_id) ?? true) &&
      (status === undefined || order.status === status) &&
      (since === undefined || order.updated_at >= since),
  );
  for (let limit = 1; limit <= selected.length + 1; limit += 1) {
    const pages = await pagesOf(selection, limit);
    expect(pages.flat()).toEqual(selected);
    expect(pages.map(({ length }) => length)).toEqual(
      pages.map((_, at) => Math.min(limit, selected.length - at * limit)),
    );
    expect(pages).toHaveLength(Math.max(1, Math.ceil(selected.length / limit)));
  }
};

it('Pages of any size give each order of some clients once, and in order', async () => {
  await fc.assert(
    fc.asyncProperty(someOrders, selections, async ({ clients, orders }, { firstClients, ...selection }) => {
      await putOrders(db, ...orders);
      await expectAllOnce({ ...selection, clients: clients.slice(0, firstClients) }, orders);
    }),
    { numRuns: 15 },
  );
});

it('Pages of any size give each order of all clients once, and in order', async () => {
  await fc.assert(
    fc.asyncProperty(someOrders, selections, async ({ orders }, { status, since }) => {
      await db.clear();
      await putOrders(db, ...orders);
      await expectAllOnce({ clients: undefined, status, since }, orders);
    }),
    { numRuns: 8 },
  );
});

it('An order that changes between pages is seen where it was, or at the front afterwards', async () => {
  const changes = fc.array(fc.nat(5), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(changes, fc.integer({ min: 1, max: 3 }), async (changing, limit) => {
      const client_id = randomId();
      const selection = { clients: [client_id], status: undefined, since: undefined };
      const orders = Array.from({ length: 6 }, (_, at) => anOrderAt(at, { client_id }));
      await putOrders(db, ...orders);
      let now = 10;
      const pages = await pagesOf(selection, limit, async () => {
        const order = orders[changing.shift() ?? -1];
        if (order !== undefined) await putOrders(db, { ...order, updated_at: timeAt(now++) });
      });
      const walked = pages.flat().map(({ order_id }) => order_id);
      expect(new Set(walked).size).toBe(walked.length);
      const front = (await pagesOf({ ...selection, since: timeAt(10) }, 6)).flat();
      const seen = new Set([...walked, ...front.map(({ order_id }) => order_id)]);
      expect(seen).toEqual(new Set(orders.map(({ order_id }) => order_id)));
    }),
    { numRuns: 15 },
  );
});

/** The bytes that a page takes in what Lambda answers with: the JSON of a body that is JSON itself. */
const bytesOf = (page: readonly Order[]): number => Buffer.byteLength(JSON.stringify(JSON.stringify(page)));

it.each([
  ['letters', 'x', 1],
  ['quotation marks, which take twice the room in Lambda’s answer', '"', 2],
])(
  'A page of large orders ends before it is too large, and the list goes on: %s',
  async (_, character, bytes) => {
    const client_id = randomId();
    const notes = character.repeat(390_000 / bytes);
    const orders = Array.from({ length: 14 }, (_, at) => anOrderAt(at, { client_id, notes }));
    await putOrders(db, ...orders);
    const pages = await pagesOf({ clients: [client_id], status: undefined, since: undefined }, 100);
    expect(pages.flat()).toEqual(newestFirst(orders));
    expect(pages.length).toBeGreaterThan(1);
    const [largest = 0] = pages.map(bytesOf).sort((one, other) => other - one);
    expect(largest).toBeGreaterThan(MAX_PAGE_BYTES);
    expect(largest).toBeLessThan(6_000_000);
  },
);
