import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { dateOrTime, id, list, text } from '../../functions/contract/params.ts';

const takes = (schema: z.ZodMiniType, value: unknown): boolean => schema.safeParse(value).success;
/** The code of each fault, as its schema gives it. */
const codesOf = (schema: z.ZodMiniType, value: unknown): unknown[] =>
  (schema.safeParse(value).error?.issues ?? []).map((issue) =>
    issue.code === 'custom' ? issue.params?.code : issue.code,
  );

describe('id', () => {
  it.each([1, 2 ** 53 - 1])('takes %s', (value) => {
    expect(takes(id, value)).toBe(true);
  });

  it.each([0, -1, 2 ** 53, 1.5, Number.POSITIVE_INFINITY, '7', true, null])('refuses %s', (value) => {
    expect(takes(id, value)).toBe(false);
  });
});

describe('text', () => {
  it.each([
    ['', 0, []],
    ['', 1, ['too-short']],
    ['a', 1, []],
    ['😀', 1, []],
    ['😀😀', 3, ['too-short']],
    ['😀😀😀', 3, []],
    ['😀😀😀😀😀', 3, []],
    ['😀😀😀😀😀😀', 3, ['too-long']],
    ['abcdef', 3, ['too-long']],
  ])('counts code points: %j of %i to 5', (value, min, codes) => {
    expect(codesOf(text(5, min), value)).toEqual(codes);
  });

  it.each(['\ud800', 'a\udc00', '\udc00\ud800'])('refuses %j, which cannot be stored', (value) => {
    expect(codesOf(text(5), value)).toEqual(['malformed']);
  });

  it('agrees with counting, whatever the text and its limits', () => {
    const limits = fc.tuple(fc.nat(6), fc.nat(6)).map(([min, more]) => ({ min, max: min + more }));
    fc.assert(
      fc.property(limits, fc.string({ unit: 'binary', maxLength: 14 }), ({ min, max }, value) => {
        const { length } = Array.from(value);
        expect(takes(text(max, min), value)).toBe(length >= min && length <= max);
      }),
    );
  });
});

describe('dateOrTime', () => {
  it.each([
    '2026-11-05',
    '2024-02-29',
    '2026-11-05T10:00:00Z',
    '2026-11-05T10:00:00.123456+02:00',
    '2026-11-05T10:00:00-00:00',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
  ])('takes %s', (value) => {
    expect(takes(dateOrTime, value)).toBe(true);
  });

  it.each([
    ['no such day', '2026-02-29'],
    ['no such time', '2026-11-05T24:00:01Z'],
    ['no zone', '2026-11-05T10:00:00'],
    ['no such zone', '2026-11-05T10:00:00+24:00'],
    ['another format', '05.11.2026'],
    ['more than a date', '2026-11-05 '],
    ['nothing', ''],
    ['a number', 20261105],
    ['before the year 0000 in UTC', '0000-01-01T00:00:00+00:01'],
    ['after the year 9999 in UTC', '9999-12-31T23:59:00-00:01'],
  ])('refuses %s: %j', (_, value) => {
    expect(takes(dateOrTime, value)).toBe(false);
  });

  it('takes only what is a time of four-digit years in UTC', () => {
    const digits = (max: number) => fc.nat(max).map((number) => String(number).padStart(2, '0'));
    const zones = fc
      .tuple(fc.constantFrom('+', '-'), digits(24), digits(60))
      .map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`);
    const days = fc.constantFrom('0000-01-01', '2024-02-29', '2026-11-31', '9999-12-31');
    const fractions = fc.nat(400).map((count) => (count === 0 ? '' : `.${'9'.repeat(count)}`));
    fc.assert(
      fc.property(days, digits(24), fractions, zones, (day, hour, fraction, zone) => {
        const value = `${day}T${hour}:59:59${fraction}${zone}`;
        fc.pre(takes(dateOrTime, value));
        expect(new Date(value).toISOString()).toMatch(/^\d{4}-/);
      }),
    );
  });
});

describe('list', () => {
  const numbers = list(id, 3);

  it('takes up to its most elements', () => {
    expect(numbers.parse([1, 2, 3])).toEqual([1, 2, 3]);
    expect(takes(numbers, [])).toBe(true);
  });

  it('judges each element', () => {
    expect(numbers.safeParse([1, 'x', 0]).error?.issues.map(({ path }) => path)).toEqual([[1], [2]]);
  });

  it('refuses a longer one without looking at its elements', () => {
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
