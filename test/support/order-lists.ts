import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Order } from '../../functions/orders/order.ts';
import { rowOfOrder } from '../../functions/orders/order-row.ts';
import { randomId } from '../../functions/table/ids.ts';
import { aLineItem, anOrder } from './orders.ts';
import type { WiredTable } from './wired-table.ts';

/** Times of changes, in the order of their numbers. */
export const timeAt = (number: number): string =>
  new Date(Date.UTC(2026, 10, 2) + number * 1_000).toISOString();

/** How much is done of an item of 2 in each status; in one of a later release, nothing. */
const DONE = new Map([
  ['in_progress', 1],
  ['completed', 2],
]);

/** An order of its own, changed at such a time, whose one item is done as far as its status says. */
export const anOrderAt = (number: number, given: Partial<Order> = {}): Order => {
  const done = DONE.get(given.status ?? 'open') ?? 0;
  const line_items = [aLineItem({ quantity: 2, completed_quantity: done })];
  return anOrder({ order_id: randomId(), updated_at: timeAt(number), line_items, ...given });
};

export const putOrders = (db: WiredTable, ...orders: Order[]): Promise<void> =>
  db.put(...orders.map(rowOfOrder));

/** Has an index lag behind the table: such lists go on to hold what they hold now, until the end of the test. */
export const stopLists = async (
  db: WiredTable,
  isStopped: (list: string) => boolean = () => true,
): Promise<void> => {
  const held = await db.rows('ORDER#');
  const entriesOf = (list: string, from: string, to: string) =>
    held
      .filter(({ client_list, shared_list }) => [client_list, shared_list].includes(list))
      .map(({ pk, sk, listed_at }) => ({ pk, sk, listed_at: String(listed_at) }))
      .filter(({ listed_at }) => from <= listed_at && listed_at <= to)
      .sort((one, other) => (one.listed_at < other.listed_at ? 1 : -1));
  db.wire.fail(
    'Query',
    async ({ input }, forward) => {
      const { ':partition': list, ':from': from, ':to': to } = unmarshall(input.ExpressionAttributeValues);
      if (!isStopped(list)) return forward(input);
      const entries = entriesOf(list, from, to).slice(0, input.Limit);
      return {
        status: 200,
        output: { Items: entries.map((entry) => marshall(entry)), Count: entries.length },
      };
    },
    Number.POSITIVE_INFINITY,
  );
};
