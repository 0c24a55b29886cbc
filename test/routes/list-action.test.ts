import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { defineRoute } from '../../functions/contract/define-route.ts';
import { fault } from '../../functions/contract/faults.ts';
import { paging, queryId } from '../../functions/contract/params.ts';
import { readParams } from '../../functions/contract/read-params.ts';
import { listAction, type PageStart } from '../../functions/routes/list-action.ts';
import { makeCursor } from '../../functions/table/cursors.ts';
import { access } from '../../functions/table/grants.ts';
import { NOW } from '../support/sessions.ts';

const route = defineRoute({
  method: 'GET',
  path: 'sheets/list',
  service: 'orders',
  purpose: 'Lists sheets of paper.',
  sensitive: false,
  access: 'anyone',
  params: z.strictObject({ size: z.optional(z.string()), pad: z.optional(queryId), ...paging }),
  data: z.strictObject({
    sheets: z.array(z.strictObject({ number: z.number() })),
    next_cursor: z.nullable(z.string()),
  }),
  table: access(),
});

/** Seven sheets, one of each day: its place in the list. */
const SHEETS = [1, 2, 3, 4, 5, 6, 7];
const placeOf = (number: number): string => `2026-11-0${number}`;
/** What was asked for, page by page. */
let asked: unknown[] = [];
const list = listAction(route, {
  name: 'sheets',
  judge: async ({ params }, ofCursor) => [
    ...(params.sound.pad === 9 ? [fault('pad', 'not-found', 'is no pad')] : []),
    ...ofCursor,
    ...(params.sound.size === 'A9' ? [fault('size', 'not-found', 'is no size')] : []),
  ],
  find: async ({ size, pad }, { after, limit }: PageStart) => {
    asked.push({ size, pad, after, limit });
    const rest = SHEETS.filter((number) => after === undefined || placeOf(number) > after);
    const items = rest.slice(0, limit);
    return { items, next: rest.length > limit ? placeOf(items.at(-1) ?? 0) : undefined };
  },
  see: (number) => ({ number }),
});

const show = async (query: Record<string, string>) => {
  asked = [];
  const params = readParams(route.params, query);
  const request = {
    params,
    caller: undefined,
    opened: undefined,
    now: NOW,
    requestId: '',
    source: '',
    key: undefined,
    noteSignIn: () => expect.unreachable('nobody signs in'),
  };
  return (await list.run(request, () => expect.unreachable('a list writes nothing'))).data;
};
const refused = async (query: Record<string, string>): Promise<string[]> => {
  const { details } = await show(query).then(
    () => expect.unreachable(),
    (refusal) => refusal,
  );
  expect(asked).toEqual([]);
  return details.errors.map(({ param, code }: { param: string; code: string }) => `${param} ${code}`);
};

describe('a list', () => {
  it('A list is shown page by page, each item once and as clients see it', async () => {
    const first = await show({ limit: '3' });
    expect(JSON.stringify(first)).toMatch(
      /^{"sheets":\[{"number":1},{"number":2},{"number":3}\],"next_cursor":"/,
    );
    const second = await show({ limit: '3', cursor: first.next_cursor ?? '' });
    const last = await show({ limit: '3', cursor: second.next_cursor ?? '' });
    expect([first, second, last].flatMap(({ sheets }) => sheets.map(({ number }) => number))).toEqual(SHEETS);
    expect(last.next_cursor).toBeNull();
  });

  it('A list has 25 items a page when nothing is said', async () => {
    await show({ pad: '2' });
    expect(asked).toEqual([{ size: undefined, pad: 2, after: undefined, limit: 25 }]);
  });

  it('A list is named by its route and by each parameter that selects, in the order of the schema', async () => {
    const cursor = makeCursor(JSON.stringify(['sheets/list', null, 2]), placeOf(5));
    expect((await show({ cursor, pad: '2' })).sheets).toEqual([{ number: 6 }, { number: 7 }]);
  });

  it('A list takes its cursor with another limit, and with no other parameter', async () => {
    const { next_cursor } = await show({ size: 'A4', limit: '1' });
    const cursor = next_cursor ?? '';
    expect((await show({ size: 'A4', limit: '9', cursor })).sheets).toHaveLength(6);
    expect(await refused({ size: 'A5', cursor })).toEqual(['cursor other-list']);
    expect(await refused({ size: 'A4', pad: '2', cursor })).toEqual(['cursor other-list']);
    expect(await refused({ cursor: 'x' })).toEqual(['cursor malformed']);
  });

  it('A list finds nothing for a request that is refused, and tells its faults in the order it judges them', async () => {
    expect(await refused({ size: 'A9', pad: '9', cursor: 'x' })).toEqual([
      'pad not-found',
      'cursor malformed',
      'size not-found',
    ]);
  });

  it('A list says of a cursor only what is known when another parameter has a fault', async () => {
    const { next_cursor } = await show({ pad: '2', limit: '1' });
    expect(await refused({ pad: 'two', cursor: next_cursor ?? '' })).toEqual(['pad malformed']);
    expect(await refused({ pad: 'two', cursor: 'x' })).toEqual(['pad malformed', 'cursor malformed']);
  });

  it('A list has read beforehand what its judgement reads, if that reads anything', async () => {
    const [name, see] = ['sheets' as const, (number: number) => ({ number })];
    const find = async () => ({ items: [], next: undefined });
    const read = listAction(route, { name, prefetch: async ({ pad }) => pad, find, see });
    expect(await read.prefetch?.({ pad: 2 })).toBe(2);
    expect(listAction(route, { name, find, see })).not.toHaveProperty('prefetch');
  });
});
