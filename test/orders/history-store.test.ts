import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../functions/orders/history.ts';
import { findHistory, rowsOfHistory } from '../../functions/orders/history-store.ts';
import { randomId } from '../../functions/table/ids.ts';
import { MAX_PAGE_BYTES } from '../../functions/table/page.ts';
import { timeAt } from '../support/order-lists.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();

/** Two of these fit a row, three do not. */
const LONG = 'é'.repeat(50_000);

/** A change of an order at such a time, of so many values. */
const aChange = (order_id: number, number: number, values = 1, after = 'x'): HistoryEntry => ({
  order_id,
  at: timeAt(number),
  by: { token: 'session', id: 31, name: `Editor ${number}` },
  changes: Array.from({ length: values }, (_, index) => ({ field: `field ${index}`, before: null, after })),
});
const put = (...entries: HistoryEntry[]) => db.put(...entries.flatMap(rowsOfHistory));
const partsOf = (entry: HistoryEntry): number => rowsOfHistory(entry).length;

/** The pages of an order's history, from its beginning to its end. */
const pagesOf = async (order_id: number, limit: number): Promise<HistoryEntry[][]> => {
  const pages: HistoryEntry[][] = [];
  let after: string | undefined;
  do {
    const { items, next } = await findHistory(db.open(), order_id, { after, limit });
    pages.push(items);
    after = next;
  } while (after !== undefined);
  return pages;
};

describe('the history of an order', () => {
  it('The history of an order is its changes, the oldest first, and those of no other order', async () => {
    const order_id = randomId();
    const changes = [0, 1, 2, 3].map((number) => aChange(order_id, number));
    await put(...changes.toReversed(), aChange(order_id + 1, 2), aChange(order_id * 10, 2));
    await db.put({ pk: `ORDER#${order_id}`, sk: 'ORDER' });
    expect(await pagesOf(order_id, 10)).toEqual([changes]);
  });

  it('The history of an order is empty, and has no next page, when nothing is known of it', async () => {
    expect(await findHistory(db.open(), randomId(), { after: undefined, limit: 1 })).toEqual({
      items: [],
      next: undefined,
    });
  });

  it('The history of an order has a change that is in several rows as one, whole and in order', async () => {
    const order_id = randomId();
    const [before, large, after] = [
      aChange(order_id, 1),
      aChange(order_id, 2, 7, LONG),
      aChange(order_id, 3),
    ];
    expect(partsOf(large)).toBe(4);
    await put(before, large, after);
    expect(await pagesOf(order_id, 3)).toEqual([[before, large, after]]);
    expect(await pagesOf(order_id, 1)).toEqual([before, large, after].map((entry) => [entry]));
  });

  it('The history of an order leaves out a row that cannot be read, which is noted, and shows all others', async () => {
    const order_id = randomId();
    const others = [aChange(order_id, 0), aChange(order_id, 2)];
    await put(...others);
    const key = { pk: `ORDER#${order_id}`, sk: `HISTORY#${timeAt(1)}#0` };
    await db.put({ ...key, at: timeAt(1), changes: 'many' });
    const table = db.open();
    const { items } = await findHistory(table, order_id, { after: undefined, limit: 10 });
    expect(items).toEqual(others);
    expect(table.unreadable).toMatchObject([{ key }]);
  });

  it('The history of an order has what another release has changed, of tokens and values not known here', async () => {
    const order_id = randomId();
    const [row] = rowsOfHistory(aChange(order_id, 1));
    const by = { token: 'webhook', id: 31, name: 'Hook', shift: 2 };
    const changes = [
      { field: 'urgent', before: false, after: true },
      { field: 'tags', before: null, after: ['a', 'b'] },
    ];
    await db.put({ ...row, by, changes, weather: 'rain' });
    const { items } = await findHistory(db.open(), order_id, { after: undefined, limit: 10 });
    expect(items).toEqual([
      { order_id, at: timeAt(1), by: { token: 'webhook', id: 31, name: 'Hook' }, changes },
    ]);
  });
});

describe('pages of history', () => {
  it('Pages of history of any size give each change once, in order and whole', async () => {
    const sizes = fc.array(fc.constantFrom(1, 1, 3, 5), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(sizes, async (valuesOf) => {
        const order_id = randomId();
        const changes = valuesOf.map((values, number) =>
          aChange(order_id, number, values, values > 1 ? LONG : 'x'),
        );
        await put(...changes);
        for (let limit = 1; limit <= changes.length + 1; limit += 1) {
          const pages = await pagesOf(order_id, limit);
          expect(pages.flat()).toEqual(changes);
          expect(pages).toHaveLength(Math.max(1, Math.ceil(changes.length / limit)));
        }
      }),
      { numRuns: 8 },
    );
  });

  it('Pages of history go on with what was changed since the last one', async () => {
    const order_id = randomId();
    await put(aChange(order_id, 1), aChange(order_id, 2), aChange(order_id, 3));
    const first = await findHistory(db.open(), order_id, { after: undefined, limit: 2 });
    await put(aChange(order_id, 4), aChange(order_id, 5));
    const rest = await findHistory(db.open(), order_id, { after: first.next, limit: 100 });
    expect([...first.items, ...rest.items]).toEqual(
      [1, 2, 3, 4, 5].map((number) => aChange(order_id, number)),
    );
  });

  it.each([
    ['letters', 'x', 1],
    ['quotation marks, which take twice the room in Lambda’s answer', '"', 2],
  ])(
    'Pages of history end before they are too large, and the next goes on: %s',
    async (_, character, bytes) => {
      const order_id = randomId();
      const value = character.repeat(100_000 / bytes);
      const changes = Array.from({ length: 9 }, (_, number) => aChange(order_id, number, 8, value));
      await put(...changes);
      const pages = await pagesOf(order_id, 100);
      expect(pages.flat()).toEqual(changes);
      expect(pages.length).toBeGreaterThan(1);
      const sizes = pages.map((page) => Buffer.byteLength(JSON.stringify(JSON.stringify(page))));
      expect(Math.max(...sizes)).toBeGreaterThan(MAX_PAGE_BYTES);
      expect(Math.max(...sizes)).toBeLessThan(6_000_000);
    },
  );

  it('Pages of history are each read no further than they go', async () => {
    const order_id = randomId();
    await put(...Array.from({ length: 20 }, (_, number) => aChange(order_id, number)));
    for (const limit of [1, 5]) {
      db.wire.reset();
      await findHistory(db.open(), order_id, { after: timeAt(3), limit });
      expect(db.wire.requests).toMatchObject([{ operation: 'Query', input: { Limit: limit + 1 } }]);
      expect(db.wire.requests[0]?.input.ConsistentRead).toBe(true);
    }
  });
});
