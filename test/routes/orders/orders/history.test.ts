import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryEntryView } from '../../../../functions/orders/history-view.ts';
import { anApplicationToken } from '../../../support/echo-route.ts';
import { type Answer, TestStack } from '../../../support/local-stack.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const history = (order_id: number, token = api.tokens.client, more = ''): Promise<Answer> =>
  api.get(`orders/history?order_id=${order_id}${more}`, token);
const codes = ({ errors }: Answer) => errors?.map(({ param, code }) => `${param} ${code}`).sort();

describe('the history of an order', () => {
  it('The history of an order tells how it was made, moved, cancelled and completed, when and by whom', async () => {
    const { tokens } = api;
    const made = await api.post('orders/create', {
      token: tokens.client,
      notes: 'Ring.',
      line_items: [{ name: 'Hedge', quantity: 2 }],
      appointment: { scheduled_for: '2999-03-01T09:00:00Z', duration_minutes: 30 },
    });
    let order = made.data?.order;
    const order_id = order?.order_id ?? 0;
    const [item, appointment] = [order?.line_items[0], order?.appointments[0]];
    const appt_id = appointment?.appt_id ?? 0;
    const times = [order?.updated_at];
    const change = async (path: string, params: object) => {
      const { data } = await api.post(path, { order_id, updated_at: order?.updated_at, ...params });
      order = data?.order;
      times.push(order?.updated_at);
    };
    const scheduled_for = '2999-03-02T09:00:00.000Z';
    await change('appointments/reschedule', { token: tokens.application, appt_id, scheduled_for });
    await change('orders/update', {
      token: tokens.liaison,
      appointment: { appt_id, cancel_reason: 'Rain' },
    });
    await change('orders/update', {
      token: tokens.employee,
      appointment: { appt_id },
      line_items: [{ line_item_id: item?.line_item_id, completed_quantity: 2, completed_date: '2026-11-01' }],
    });

    const answer = await history(order_id);
    expect(answer).toMatchObject({ http: 200, status: 'action-successful', data: { next_cursor: null } });
    const entries = answer.data?.history ?? [];
    expect(entries.map(({ at }) => at)).toEqual(times);
    const by = (token: string, name: string) => ({ token, name, id: expect.any(Number) });
    expect(entries.map((entry) => entry.by)).toEqual([
      by('session', 'Ada Brook'),
      by('application', 'Dispatch'),
      by('session', 'Lia Ferry'),
      by('session', 'Emil Stone'),
    ]);
    const fields = (prefix: string, values: [string, unknown, unknown][]) =>
      values.map(([name, before, after]) => ({ field: prefix + name, before, after }));
    const changes = (at: number) => entries[at]?.changes;
    expect(changes(0)).toEqual([
      { field: 'notes', before: '', after: 'Ring.' },
      { field: `line_items[${item?.line_item_id}]`, before: null, after: item },
      { field: `appointments[${appt_id}]`, before: null, after: appointment },
    ]);
    expect(changes(1)).toEqual(
      fields(`appointments[${appt_id}].`, [['scheduled_for', '2999-03-01T09:00:00.000Z', scheduled_for]]),
    );
    expect(changes(2)).toEqual(
      fields(`appointments[${appt_id}].`, [
        ['status', 'scheduled', 'cancelled'],
        ['cancel_reason', null, 'Rain'],
        ['cancelled_at', null, expect.any(String)],
        ['cancelled_by', null, 'Lia Ferry'],
      ]),
    );
    expect(changes(3)).toEqual([
      { field: 'status', before: 'open', after: 'completed' },
      ...fields(`line_items[${item?.line_item_id}].`, [
        ['completed_quantity', 0, 2],
        ['completed_date', null, '2026-11-01'],
        ['completed_by', null, 'Emil Stone'],
      ]),
    ]);
  });

  it.each(['client', 'liaison', 'employee', 'application', 'application_read_only'] as const)(
    'The history of an order can be seen by the token %s',
    async (name) => {
      const answer = await history(api.order('story').order_id, api.tokens[name]);
      expect(answer.http).toBe(200);
      expect(answer.data?.history.length).toBeGreaterThan(5);
    },
  );

  it('The history of somebody else’s order is as unknown as that of one that does not exist', async () => {
    const absent = await history(1);
    expect([absent.http, absent.status, codes(absent)]).toEqual([
      400,
      'invalid-param',
      ['order_id not-found'],
    ]);
    const { order_id } = api.order('other');
    for (const token of [api.tokens.client, api.tokens.liaison]) {
      const { errors, data } = await history(order_id, token);
      expect({ errors, data }).toEqual({ errors: absent.errors, data: undefined });
    }
    expect((await history(order_id, api.tokens.other_client)).http).toBe(200);
  });
});

describe('pages of history', () => {
  const pagesOf = async (order_id: number, limit: number): Promise<HistoryEntryView[][]> => {
    const pages: HistoryEntryView[][] = [];
    let cursor: string | null = null;
    do {
      const start: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { data } = await history(order_id, api.tokens.client, `&limit=${limit}${start}`);
      pages.push(data?.history ?? []);
      cursor = data?.next_cursor ?? null;
    } while (cursor !== null);
    return pages;
  };

  it.each([1, 2, 3, 100])(
    'Pages of history of %i changes at most are the whole, the oldest change first',
    async (limit) => {
      const { order_id } = api.order('story');
      const whole = (await history(order_id)).data?.history ?? [];
      expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).sort());
      const pages = await pagesOf(order_id, limit);
      expect(pages.flat()).toEqual(whole);
      expect(pages).toHaveLength(Math.ceil(whole.length / limit));
    },
  );

  it('Pages of history have 25 changes unless it is said how many', async () => {
    const order = api.freshOrder();
    let { updated_at } = order;
    for (let number = 1; number <= 26; number += 1) {
      const { data } = await api.update({ ...order, updated_at }, { notes: `Note ${number}` });
      updated_at = data?.order.updated_at ?? '';
    }
    const { data } = await history(order.order_id);
    expect(data?.history).toHaveLength(25);
    const rest = await history(order.order_id, api.tokens.client, `&cursor=${data?.next_cursor}`);
    expect(rest.data?.history.flatMap(({ changes }) => changes.map(({ after }) => after))).toEqual([
      'Note 25',
      'Note 26',
    ]);
    expect(rest.data?.next_cursor).toBeNull();
  });
});

describe('a refusal', () => {
  it.each([
    ['&limit=0', ['limit too-small']],
    ['&limit=101', ['limit too-large']],
    ['&cursor=QUJD', ['cursor malformed']],
    ['&since=2026', ['since unknown']],
    ['&limit=x&cursor=QUJD&since=2026', ['cursor malformed', 'limit malformed', 'since unknown']],
  ])('A request for history with %s is refused', async (more, faults) => {
    const answer = await history(api.order('story').order_id, api.tokens.client, more);
    expect([answer.http, answer.status, codes(answer)]).toEqual([400, 'invalid-param', faults]);
  });

  it('A request for the history of an order that is not to be seen has that fault listed with the others', async () => {
    expect(codes(await history(1, api.tokens.client, '&limit=0&cursor=QUJD'))).toEqual([
      'cursor malformed',
      'limit too-small',
      'order_id not-found',
    ]);
    expect(codes(await history(0, api.tokens.client, '&cursor=QUJD'))).toEqual([
      'cursor malformed',
      'order_id too-small',
    ]);
    const nothing = await api.get('orders/history', api.tokens.client);
    expect([nothing.status, codes(nothing)]).toEqual(['missing-param', ['order_id missing']]);
  });

  it('A request for history with a cursor of another order, or of another route, is refused', async () => {
    const { order_id } = api.order('story');
    const { data } = await history(order_id, api.tokens.client, '&limit=1');
    const [mine, other] = [api.freshOrder(), api.order('other')];
    const answer = await history(mine.order_id, api.tokens.client, `&cursor=${data?.next_cursor}`);
    expect(codes(answer)).toEqual(['cursor other-list']);
    const foreign = await history(other.order_id, api.tokens.client, `&cursor=${data?.next_cursor}`);
    expect(codes(foreign)).toEqual(['cursor other-list', 'order_id not-found']);
    const listed = await api.get('orders/list?limit=1', api.tokens.client);
    expect(codes(await history(order_id, api.tokens.client, `&cursor=${listed.data?.next_cursor}`))).toEqual([
      'cursor other-list',
    ]);
  });

  it('A request for history by a caller who may see no order, or who is nobody, is refused', async () => {
    const { tokens } = api;
    const { order_id } = api.order('story');
    expect(await history(order_id, tokens.no_role)).toMatchObject({ http: 401, status: 'client-required' });
    const writer = anApplicationToken('orders:write', 'notifications');
    await api.put(writer.row);
    expect(await history(order_id, writer.token)).toMatchObject({ http: 401, status: 'invalid-token' });
    const inQuery = await api.send(`orders/history?order_id=${order_id}&token=${tokens.client}`, {});
    expect([inQuery.status, codes(inQuery)]).toEqual(['invalid-param', ['token in-query']]);
  });
});
