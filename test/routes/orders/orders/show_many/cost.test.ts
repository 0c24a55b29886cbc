import { expect, it } from 'vitest';
import { rowOfOrder } from '../../../../../functions/orders/order-row.ts';
import { handler } from '../../../../../functions/routes/orders/orders/show_many/handler.ts';
import { aSessionToken, deployed } from '../../../../support/echo-route.ts';
import { aContext, anEvent } from '../../../../support/events.ts';
import { anOrder } from '../../../../support/orders.ts';
import { Output } from '../../../../support/output.ts';
import { WiredTable } from '../../../../support/wired-table.ts';

/** What showing several orders asks of DynamoDB, counted at the wire. */
const table = new WiredTable();
new Output();

it('Showing many orders is one read, and two where it is more than a batch takes with the two keys of a session', async () => {
  const now = new Date().toISOString();
  const { token, row } = aSessionToken({ created_at: now, last_used_at: now });
  const orders = Array.from({ length: 100 }, (_, index) => anOrder({ order_id: index + 1 }));
  await table.put(row, ...orders.map(rowOfOrder), ...deployed('orders/show_many'));
  const show = async (count: number) => {
    const order_ids = orders.slice(0, count).map(({ order_id }) => order_id);
    const query = { order_ids: order_ids.join(',') };
    const answer = await handler(
      anEvent({ query, headers: { authorization: `Bearer ${token}` } }),
      aContext(),
    );
    expect(JSON.parse(answer.body ?? '').data.orders).toHaveLength(count);
    return table.wire.operations;
  };
  // The first request of a function reads besides what is deployed.
  await show(1);
  table.wire.reset();
  expect(await show(98)).toEqual(['BatchGetItem']);
  table.wire.reset();
  expect(await show(99)).toEqual(['BatchGetItem', 'BatchGetItem']);
});
