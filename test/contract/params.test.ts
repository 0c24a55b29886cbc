import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { id, judgeText, list, queryId, text, wholeNumber } from '../../functions/contract/params.ts';
import { anyText } from '../support/any-text.ts';

const takes = (schema: z.ZodMiniType, value: unknown): boolean => schema.safeParse(value).success;
/** The code of each fault, as its schema gives it. */
const codesOf = (schema: z.ZodMiniType, value: unknown): unknown[] =>
  (schema.safeParse(value).error?.issues ?? []).map((issue) =>
    issue.code === 'custom' ? issue.params?.code : issue.code,
  );

describe('id', () => {
  it.each([1, 2 ** 53 - 1])('An id can be %s', (value) => {
    expect(takes(id, value)).toBe(true);
  });

  it.each([0, -1, 2 ** 53, 1.5, Number.POSITIVE_INFINITY, '7', true, null])('An id cannot be %s', (value) => {
    expect(takes(id, value)).toBe(false);
  });
});

describe('a whole number', () => {
  it.each([
    [0, []],
    [10, []],
    [-1, ['too-small']],
    [11, ['too-large']],
    [1.5, ['type']],
    [-1e-7, ['type']],
    [2 ** 53, ['too-large']],
    [1e300, ['too-large']],
    [-1e300, ['too-small']],
  ])('A whole number of 0 to 10 is judged once: %s gives %j', (value, codes) => {
    expect(codesOf(wholeNumber(0, 10), value)).toEqual(codes);
  });

  it.each(['-0', '-0.0', '-0e9'])('A whole number written as %s is 0', (written) => {
    expect(wholeNumber(0, 10).parse(JSON.parse(written))).toBe(0);
    expect(codesOf(wholeNumber(1, 10), JSON.parse(written))).toEqual(['too-small']);
  });
});

describe('an id in a query string', () => {
  it.each(['1', '9007199254740991'])('An id in a query string can be %s', (value) => {
    expect(queryId.parse(value)).toBe(Number(value));
  });

  it.each([
    ['0', 'too-small'],
    ['-0', 'too-small'],
    ['-1', 'too-small'],
    ['9007199254740992', 'too-large'],
    ['9007199254740993', 'too-large'],
    [`1${'0'.repeat(300)}`, 'too-large'],
    ['', 'malformed'],
    ['01', 'malformed'],
    ['+1', 'malformed'],
    ['1.0', 'malformed'],
    ['1e3', 'malformed'],
    ['0x10', 'malformed'],
    [' 1', 'malformed'],
    ['١', 'malformed'],
    ['Infinity', 'malformed'],
  ])('An id in a query string cannot be %j, which is %s', (value, code) => {
    expect(codesOf(queryId, value)).toEqual([code]);
  });
});

describe('text', () => {
  it.each([
    ['', []],
    ['😀😀😀', []],
    ['😀😀😀😀😀', []],
    ['😀😀😀😀😀😀', ['too-long']],
    ['abcdef', ['too-long']],
  ])('A text of 5 characters at most counts code points: %j', (value, codes) => {
    expect(codesOf(text(5), value)).toEqual(codes);
  });

  it.each(['\ud800', 'a\udc00', '\udc00\ud800', '\ud800 too long'])(
    'A text cannot be %j, which cannot be stored',
    (value) => {
      expect(codesOf(text(5), value)).toEqual(['malformed']);
    },
  );

  it('The length of a text agrees with counting, whatever the text and its limits', () => {
    const limits = fc.tuple(fc.nat(6), fc.nat(6)).map(([min, more]) => ({ min, max: min + more }));
    fc.assert(
      fc.property(limits, anyText({ maxLength: 14 }), ({ min, max }, value) => {
        const { length } = Array.from(value);
        const code = length < min ? 'too-short' : length > max ? 'too-long' : undefined;
        expect(judgeText(value, max, min)?.code).toBe(code);
      }),
    );
  });

  it('A text may have lines, and nothing that can be seen', () => {
    expect(codesOf(text(9), 'a\nb\u2028\u202e')).toEqual([]);
    expect(codesOf(text(9), ' \n')).toEqual([]);
  });
});

describe('list', () => {
  const numbers = list(id, 3);

  it('A list takes up to its most elements', () => {
    expect(numbers.parse([1, 2, 3])).toEqual([1, 2, 3]);
    expect(takes(numbers, [])).toBe(true);
  });

  it('A list judges each element', () => {
    expect(numbers.safeParse([1, 'x', 0]).error?.issues.map(({ path }) => path)).toEqual([[1], [2]]);
  });

  it('A list that is too long is refused without looking at its elements', () => {
    const seen: unknown[] = [];
    const spying = list(
      z.unknown().check(({ value }) => void seen.push(value)),
      3,
    );
    expect(codesOf(spying, [1, 2, 3, 4])).toEqual(['too_big']);
    expect(seen).toEqual([]);
    expect(takes(spying, [1, 2, 3])).toBe(true);
    expect(seen).toEqual([1, 2, 3]);
  });
});
