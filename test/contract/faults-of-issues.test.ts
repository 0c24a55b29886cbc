import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { faultsOfIssues } from '../../functions/contract/faults-of-issues.ts';

const faultsOf = (schema: z.ZodMiniType, value: unknown) =>
  faultsOfIssues(schema.safeParse(value, { reportInput: true }).error?.issues ?? []).map(
    ({ fault }) => fault,
  );
const codesOf = (schema: z.ZodMiniType, value: unknown) =>
  faultsOf(schema, value).map(({ param, code }) => `${param} ${code}`);
const messageOf = (schema: z.ZodMiniType, value: unknown) => faultsOf(schema, value)[0]?.message;

describe('where a fault is', () => {
  it('The place of a fault is written as clients write it, through lists and objects', () => {
    const schema = z.object({ a: z.object({ b: z.array(z.array(z.object({ c: z.string() }))) }) });
    expect(codesOf(schema, { a: { b: [[], [{ c: 'x' }, { c: 7 }]] } })).toEqual(['a.b[1][1].c type']);
  });

  it('An unknown name is shown whole up to 100 characters, and cut where it is longer', () => {
    const none = z.strictObject({});
    const [whole, long] = ['x'.repeat(100), 'x'.repeat(101)];
    expect(codesOf(none, { [whole]: 1 })).toEqual([`${whole} unknown`]);
    expect(codesOf(none, { [long]: 1 })).toEqual([`${whole}… unknown`]);
  });

  it('An unknown name that is empty is shown in quotes', () => {
    expect(codesOf(z.object({ a: z.strictObject({}) }), { a: { '': 1 } })).toEqual(['a."" unknown']);
  });

  it('An unknown name is shown in whole characters, so that every reader of JSON takes the answer', () => {
    expect(codesOf(z.strictObject({}), { '\ud800': 1 })).toEqual(['\ufffd unknown']);
    expect(codesOf(z.strictObject({}), { ['🙂'.repeat(51).slice(1)]: 1 })).toEqual([
      `\ufffd${'🙂'.repeat(49)}\ufffd… unknown`,
    ]);
  });

  it('Two unknown names that look the same when they are cut are two faults', () => {
    const long = 'x'.repeat(101);
    expect(codesOf(z.strictObject({}), { [`${long}1`]: 1, [`${long}2`]: 1 })).toHaveLength(2);
  });
});

describe('what a fault says', () => {
  const shape = z.object({ p: z.unknown() });
  const of = (p: z.ZodMiniType) => z.extend(shape, { p });

  it.each([
    [z.string(), 7, 'p must be text.'],
    [z.int(), 1.5, 'p must be a whole number.'],
    [z.number(), '7', 'p must be a whole number.'],
    [z.boolean(), 1, 'p must be true or false.'],
    [z.array(z.string()), {}, 'p must be a list.'],
    [z.object({}), [], 'p must be an object.'],
    [z.date(), 'x', 'p must be of type date.'],
    [z.array(z.string()).check(z.minLength(1)), [], 'p must have at least 1 elements.'],
    [z.array(z.string()).check(z.maxLength(1)), ['', ''], 'p must have at most 1 elements.'],
    [z.enum(['big', 'small']), 'huge', 'p must be one of big, small.'],
    [z.string().check(z.regex(/x/)), 'y', 'p is malformed.'],
  ])('%#: A client is told in words what a value must be', (schema, value, message) => {
    expect(messageOf(of(schema), { p: value })).toBe(message);
  });

  it('A number without end is out of bounds on its side, and something else is of the wrong type', () => {
    const number = of(z.number());
    expect(codesOf(number, { p: Number.POSITIVE_INFINITY })).toEqual(['p too-large']);
    expect(codesOf(number, { p: Number.NEGATIVE_INFINITY })).toEqual(['p too-small']);
    expect(codesOf(number, { p: true })).toEqual(['p type']);
    expect(messageOf(number, { p: Number.POSITIVE_INFINITY })).toMatch(/bounds/);
  });

  it('A value that is not there is missing, also where it is one of several words', () => {
    expect(codesOf(of(z.string()), {})).toEqual(['p missing']);
    expect(codesOf(of(z.enum(['big', 'small'])), {})).toEqual(['p missing']);
    expect(codesOf(of(z.literal('big')), { p: 'small' })).toEqual(['p not-one-of']);
  });

  it('A list has too few or too many elements, each with a code of its own', () => {
    const list = of(z.array(z.int()).check(z.minLength(1), z.maxLength(2)));
    expect(codesOf(list, { p: [] })).toEqual(['p too-few']);
    expect(codesOf(list, { p: [1, 2, 3] })).toEqual(['p too-many']);
  });

  it('A rule of a route gives its own code, and is malformed where it names none', () => {
    const ruled = (params?: object) =>
      of(
        z.string().check(({ value, issues }) => {
          issues.push({ code: 'custom', input: value, message: 'is rude', ...(params && { params }) });
        }),
      );
    expect(faultsOf(ruled({ code: 'rude' }), { p: 'x' })).toEqual([
      { param: 'p', code: 'rude', message: 'p is rude.' },
    ]);
    expect(codesOf(ruled(), { p: 'x' })).toEqual(['p malformed']);
    expect(codesOf(ruled({}), { p: 'x' })).toEqual(['p malformed']);
  });

  it('An unknown parameter is told to be none of the route’s', () => {
    expect(messageOf(z.strictObject({}), { nope: 1 })).toBe('nope is not a parameter of this route.');
  });

  it('One mistake that breaks several rules is one fault, the first', () => {
    const strict = of(z.array(z.int()).check(z.minLength(3)));
    expect(codesOf(strict, { p: '' })).toEqual(['p type']);
  });
});
