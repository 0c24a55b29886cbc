import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { FaultCode } from '../../functions/contract/code-docs.ts';
import { fault, listed, missing } from '../../functions/contract/faults.ts';
import {
  dateOrTime,
  oneLine,
  paging,
  queryId,
  text,
  time,
  visibleText,
  wholeNumber,
} from '../../functions/contract/params.ts';
import { readParams } from '../../functions/contract/read-params.ts';
import { isStatus } from '../../functions/contract/statuses.ts';
import { isDate, utcOf } from '../../functions/contract/times.ts';

describe('what a client is told of a value', () => {
  const toldOf = (value: z.ZodMiniType, given: unknown) =>
    readParams(z.strictObject({ p: value }), { p: given }).faults.map(
      ({ code, message }) => `${code}: ${message}`,
    );

  it.each<[string, z.ZodMiniType, unknown, RegExp]>([
    ['a number that is not whole', wholeNumber(3, 7), 3.5, /^type: p .*whole number/],
    ['a number below its bound', wholeNumber(3, 7), 2, /^too-small: p .*at least 3\./],
    ['a number above its bound', wholeNumber(3, 7), 8, /^too-large: p .*at most 7\./],
    ['a text that is too long', text(5), 'abcdef', /^too-long: p .*at most 5 characters/],
    ['a text that cannot be stored', text(5), '\ud800', /^malformed: p .*Unicode/],
    ['a text in which nothing can be seen', visibleText(5), ' ', /^blank: p .*seen/],
    ['a name in two lines', oneLine(5), 'a\nb', /^malformed: p .*one line/],
    ['what is no time', time, 'tomorrow', /^malformed: p .*2026-12-01T09:00:00Z.* 2000 to 9999/],
    [
      'what is neither a date nor a time',
      dateOrTime,
      'tomorrow',
      /^malformed: p .*YYYY-MM-DD.* 2000 to 9999/,
    ],
    ['a number in a query string that is none', queryId, '1e3', /^malformed: p .*whole number/],
  ])('A client is told what is wrong with %s, and what would be right', (_, schema, given, told) => {
    expect(toldOf(schema, given)).toEqual([expect.stringMatching(told)]);
  });
});

describe('what a client is told of many faults', () => {
  it('A missing parameter that is among the first is listed once, and first', () => {
    const faults = [...Array(60).keys()].map((index) => fault(`p${index}`, 'type', 'is wrong'));
    const { errors } = listed([...faults, missing('token'), ...faults]);
    expect(errors.filter(({ param }) => param === 'token')).toHaveLength(1);
    expect(errors[0]).toEqual(missing('token'));
    expect(errors).toHaveLength(100);
  });
});

describe('what a route’s own rules add', () => {
  const schema = z.strictObject({ note: text(5), kind: z.string(), items: z.optional(z.array(text(5))) });
  const refusalOf = (raw: Record<string, unknown>, ...more: [param: string, code: FaultCode][]) =>
    readParams(schema, raw)
      .refusal(more.map(([param, code]) => fault(param, code, '')))
      .details.errors?.map(({ param, code }) => `${param} ${code}`);

  it('A rule that misses a parameter which has a fault in itself is not told', () => {
    expect(refusalOf({ note: 7, kind: 'x' }, ['note', 'missing'], ['kind', 'blank'])).toEqual([
      'note type',
      'kind blank',
    ]);
  });

  it('What several rules find wrong with several parameters is told once for each', () => {
    const more: [string, FaultCode][] = [
      ['note', 'blank'],
      ['kind', 'blank'],
      ['note', 'malformed'],
    ];
    expect(refusalOf({ note: 'x', kind: 'x' }, ...more)).toEqual(['note blank', 'kind blank']);
  });

  it('Parameters of which one has a fault are complete for nobody', () => {
    expect(() => readParams(schema, { note: 7, kind: 'x' }).complete()).toThrow(
      expect.objectContaining({ status: 'invalid-param' }),
    );
  });

  it('A list that has a fault in itself and in an element is absent as a whole', () => {
    const both = z.strictObject({ items: z.array(text(5)).check(z.maxLength(1)) });
    expect(readParams(both, { items: ['x', 7, 'y'] }).sound).toEqual({ items: undefined });
  });

  it('A parameter that is null where it may be absent has the wrong type, also beside one that is missing', () => {
    expect(refusalOf({ note: null, items: null })).toEqual(['note missing', 'kind missing', 'items type']);
    expect(refusalOf({ note: 'x', kind: 'x', items: [null, 'x'] })).toEqual(['items[0] type']);
  });
});

describe('what tells which part of a list to show', () => {
  const faultsOf = (raw: Record<string, unknown>) =>
    readParams(z.strictObject(paging), raw).faults.map(({ param, code }) => `${param} ${code}`);

  it('A page may have 1 to 100 items, and begin where another has ended', () => {
    expect(readParams(z.strictObject(paging), { limit: '100', cursor: 'x' }).complete()).toEqual({
      limit: 100,
      cursor: 'x',
    });
    for (const sound of [{}, { limit: '1' }, { cursor: '' }]) expect(faultsOf(sound)).toEqual([]);
    expect(faultsOf({ limit: '0' })).toEqual(['limit too-small']);
    expect(faultsOf({ limit: '101' })).toEqual(['limit too-large']);
    expect(faultsOf({ limit: 'all' })).toEqual(['limit malformed']);
  });
});

describe('what is a date, a time or a status', () => {
  it('A date has four digits for its year, and nothing before them', () => {
    expect(['2026-11-05', '+012026-11-05', '-002026-11-05', '2026-11-05Z'].map(isDate)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('A time whose year in UTC has more or less than four digits is none', () => {
    expect(utcOf('9999-12-31T23:59:60Z')).toBeUndefined();
    expect(utcOf('9999-12-31T23:59:00-00:01')).toBeUndefined();
    expect(utcOf('0000-01-01T00:00:00+00:01')).toBeUndefined();
    expect(utcOf('nothing')).toBeUndefined();
  });

  it('What cannot be read as a time is refused, and not handed on as nothing', () => {
    expect(time.safeParse('tomorrow').success).toBe(false);
    expect(dateOrTime.safeParse('tomorrow').success).toBe(false);
  });

  it('A status is a word of the contract, and no word of JavaScript', () => {
    expect(['invalid-token', 'constructor', ''].map(isStatus)).toEqual([true, false, false]);
  });
});
