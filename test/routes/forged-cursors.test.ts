import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCursor } from '../../functions/table/cursors.ts';
import { TestStack } from '../support/local-stack.ts';

/** Cursors that somebody has made of their own: they give a page of what their caller may see, as any other does. */
let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const POSITIONS = [
  '0000-0',
  '0000--#0',
  '0000-00-00T00:00:00.000Z#0',
  '9999-12-31T23:59:59.999Z#9999999999999999',
  `9999-${'9'.repeat(35)}`,
];

const codes = ({ errors = [] }: { errors?: { param: string; code: string }[] }) =>
  errors.map(({ param, code }) => `${param} ${code}`);

it.each(POSITIONS)('Every list goes on from a forged cursor of the place %j', async (position) => {
  const { order_id } = api.order('story');
  const since = '2026-01-01T00:00:00.000Z';
  const lists: [path: string, query: string, ...selects: unknown[]][] = [
    ['orders/list', ''],
    ['orders/list', `&status=open&updated_since=${since}`, 'open', null, since],
    ['orders/history', `&order_id=${order_id}`, order_id],
    ['emails/list', '&state=parked', 'parked'],
    ['emails/list', ''],
    ['notifications/list', ''],
  ];
  for (const [path, query, ...selects] of lists) {
    const names = { 'orders/list': 3, 'orders/history': 1, 'emails/list': 1, 'notifications/list': 1 };
    const all = Array.from({ length: names[path as keyof typeof names] }, (_, index) => selects[index]);
    const cursor = makeCursor(JSON.stringify([path, ...all]), position);
    const answer = await api.get(`${path}?cursor=${cursor}${query}`, api.tokens.employee);
    expect([path, query, answer.status, ...codes(answer)]).toEqual([path, query, 'action-successful']);
  }
});

it('A forged cursor of a place that is none is malformed', async () => {
  for (const position of ['', '~', 'here', '2026-11-25T09:14:00.000Z#', `2026-${'9'.repeat(3_000)}`]) {
    const cursor = makeCursor(JSON.stringify(['orders/list', null, null, null]), position);
    expect(codes(await api.get(`orders/list?cursor=${cursor}`, api.tokens.client))).toEqual([
      'cursor malformed',
    ]);
  }
});
