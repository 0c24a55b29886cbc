import { describe, expect, it } from 'vitest';
import { sizeOf, unitsOfWrite } from './units.ts';

const KEY = { pk: 'ORDER#1', sk: 'ORDER' };
const row = (bytes: number, more: object = {}) => ({ ...KEY, a: 'x'.repeat(bytes), ...more });

it('The size of a row is that of names and values, with what lists and maps take besides', () => {
  expect(sizeOf({ pk: 'ab', sk: 'c' })).toBe(7);
  expect(sizeOf({ n: 12_345 })).toBe(1 + 4);
  expect(sizeOf({ b: new Uint8Array(10), t: true, none: null })).toBe(11 + 2 + 5);
  expect(sizeOf({ l: ['a', 'bc'], m: { k: 'v' } })).toBe(1 + 3 + 2 + 3 + 1 + 3 + 1 + 2);
});

describe('write units', () => {
  it.each([
    ['a row of less than a kilobyte', undefined, row(100), 1],
    ['a row of more', undefined, row(1_100), 2],
    ['a row that has become shorter', row(2_100), row(100), 3],
    ['a row that is not there and is not put', undefined, undefined, 1],
  ])('A write costs one for each kilobyte begun, and two in a transaction: %s', (_, before, after, units) => {
    expect(unitsOfWrite(before, after, false)).toBe(units);
    expect(unitsOfWrite(before, after, true)).toBe(2 * units);
  });

  it('An entry of an index costs one to put, one to delete, two to move, and nothing where it is', () => {
    const listed = (listed_at: string) => row(10, { client_list: 'CLIENT#1#open', listed_at });
    expect(unitsOfWrite(row(10), listed('1'), false)).toBe(1 + 1);
    expect(unitsOfWrite(listed('1'), row(10), false)).toBe(1 + 1);
    expect(unitsOfWrite(listed('1'), listed('2'), true)).toBe(2 + 2);
    expect(unitsOfWrite(listed('1'), listed('1'), true)).toBe(2);
  });
});
