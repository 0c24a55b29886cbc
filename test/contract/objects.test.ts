import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { looseObject, object, strictObject } from '../../functions/contract/objects.ts';

const element = { id: z.int(), name: z.optional(z.string()) };
const shapeBy = <Element extends z.ZodMiniType>(inner: Element) => ({ count: z.int(), list: z.array(inner) });
const KINDS = [
  ['strict', strictObject(shapeBy(strictObject(element))), z.strictObject(shapeBy(z.strictObject(element)))],
  ['loose', looseObject(shapeBy(looseObject(element))), z.looseObject(shapeBy(z.looseObject(element)))],
  ['plain', object(shapeBy(object(element))), z.object(shapeBy(z.object(element)))],
] as const;
const VALUES = [
  { count: 1, list: [{ id: 1, name: 'a' }, { id: 2 }] },
  { count: 1, list: [{ id: 1, more: true }], more: [] },
  { count: 'x', list: [{ id: null, name: 7 }, 7] },
  { list: {} },
  {},
  null,
  [],
];

/** What is read of a value: its data, or where what is wrong with it. */
const outcome = (schema: z.ZodMiniType, value: unknown) => {
  const { data, error } = schema.safeParse(value, { reportInput: true });
  return { data, issues: error?.issues.map(({ code, path }) => ({ code, path })) };
};

it.each(KINDS)('A %s object is read alike by a new function and by one that is warm', (_, schema, likeIt) => {
  // Once interpreted, later compiled.
  for (let reading = 0; reading < 250; reading += 1) {
    for (const value of VALUES) expect(outcome(schema, value)).toEqual(outcome(likeIt, value));
  }
});

it('A schema is compiled by a function that is warm, and not by a new one', () => {
  const schema = strictObject(element);
  const interpreted = schema._zod.traits.has('$ZodObjectJIT');
  for (let reading = 0; reading < 250; reading += 1) schema.parse({ id: 1 });
  expect([interpreted, schema._zod.traits.has('$ZodObjectJIT')]).toEqual([false, true]);
});
