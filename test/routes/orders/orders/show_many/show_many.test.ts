import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../../../../functions/orders/order.ts';
import { rowOfOrder } from '../../../../../functions/orders/order-row.ts';
import { randomId } from '../../../../../functions/table/ids.ts';
import { TestStack } from '../../../../support/local-stack.ts';
import { anOrder } from '../../../../support/orders.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const show = (order_ids: readonly unknown[], token = api.tokens.client) =>
  api.get(`orders/show_many?order_ids=${order_ids.join(',')}`, token);
const codes = ({ errors }: { errors?: { param: string; code: string }[] }) =>
  errors?.map(({ param, code }) => `${param} ${code}`);
const idsOf = (orders: readonly Order[] = []) => orders.map(({ order_id }) => order_id);

/** Orders of the demo client that are put into the table as they are. */
const put = (count: number, given: Partial<Order> = {}): Promise<number[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const order = anOrder({ order_id: randomId(), client_id: api.order('plain_1').client_id, ...given });
      await api.put(rowOfOrder(order));
      return order.order_id;
    }),
  );

describe('several orders', () => {
  it.each(['client', 'liaison', 'employee', 'application', 'application_read_only'] as const)(
    'Several orders are shown to %s in the order asked',
    async (name) => {
      const ids = ['plain_3', 'plain_1', 'plain_2'].map((each) => api.order(each).order_id);
      const answer = await show(ids, api.tokens[name]);
      expect(answer).toMatchObject({ http: 200, status: 'action-successful' });
      expect(answer.data).toEqual({
        orders: await Promise.all(ids.map((id) => api.storedOrder(id))),
        not_found: [],
      });
    },
  );

  it('Several orders are told from those that do not exist and those of somebody else, which are all the same', async () => {
    const [own, other] = [api.order('plain_1').order_id, api.order('other').order_id];
    for (const token of [api.tokens.client, api.tokens.liaison]) {
      const { data } = await show([2, other, own, 1], token);
      expect([idsOf(data?.orders), data?.not_found]).toEqual([[own], [2, other, 1]]);
    }
    const { data } = await show([2, other, own, 1], api.tokens.employee);
    expect([idsOf(data?.orders), data?.not_found]).toEqual([
      [other, own],
      [2, 1],
    ]);
    expect((await show([1, 2])).data).toEqual({ orders: [], not_found: [1, 2] });
  });

  it('Several orders can be 100, of which none is missing', async () => {
    const ids = await put(100);
    expect(idsOf((await show(ids)).data?.orders)).toEqual(ids);
    expect(codes(await show([...ids, 7]))).toEqual(['order_ids too-many']);
  });

  it('Several orders are shown without one that cannot be read, which is in neither list, and is told of once', async () => {
    const [own, broken] = [api.order('plain_1').order_id, randomId()];
    await api.put({ pk: `ORDER#${broken}`, sk: 'ORDER', order_id: broken, client_id: 'nobody' });
    const told = async () =>
      (await api.rowsStarting('NOTIFICATION')).filter((row) =>
        JSON.stringify(row).includes('unreadable-row'),
      );
    expect(await told()).toEqual([]);
    const { data } = await show([broken, own, 1]);
    expect([idsOf(data?.orders), data?.not_found]).toEqual([[own], [1]]);
    expect(await told()).toMatchObject([{ kind: 'unreadable-row', occurrences: 1 }]);
  });

  it('Several orders are refused when they are too large for one answer, and each can be shown', async () => {
    // As large as release 0.2 has made them.
    const ids = await put(12, { notes: 'x'.repeat(390_000) });
    const answer = await show(ids);
    expect(answer).toMatchObject({ http: 400, status: 'invalid-param' });
    expect(codes(answer)).toEqual(['order_ids answer-too-large']);
    expect(idsOf((await show(ids.slice(0, 10))).data?.orders)).toEqual(ids.slice(0, 10));
    // What somebody may not see takes no room, and says nothing of how large it is.
    const { data } = await show(ids, api.tokens.other_client);
    expect(data).toEqual({ orders: [], not_found: ids });
  });
});

describe('a refusal', () => {
  it('A refusal to show several orders tells of each id that is none, and of each that is given twice', async () => {
    const answer = await show([7, 'x', 7, 0]);
    expect(answer).toMatchObject({ http: 400, status: 'invalid-param' });
    expect(codes(answer)?.toSorted()).toEqual([
      'order_ids[1] malformed',
      'order_ids[2] duplicate',
      'order_ids[3] too-small',
    ]);
  });

  it('A refusal to show several orders is of no ids, of other parameters, and of whoever may not see orders', async () => {
    expect(codes(await api.get('orders/show_many', api.tokens.client))).toEqual(['order_ids missing']);
    expect(codes(await show([]))).toEqual(['order_ids too-few']);
    const more = await api.get('orders/show_many?order_ids=7&order_id=7', api.tokens.client);
    expect(codes(more)).toEqual(['order_id unknown']);
    expect((await show([7], api.tokens.no_role)).status).toBe('client-required');
    expect((await show([7], 'app_nobody')).status).toBe('invalid-token');
  });
});
