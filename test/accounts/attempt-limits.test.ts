import { expect, it } from 'vitest';
import { countedFailures, refusedFor, SIGN_IN_LIMIT } from '../../functions/accounts/attempt-limits.ts';

const NOW = new Date('2026-11-05T15:00:00.000Z');
const QUARTER_MS = 15 * 60 * 1_000;
/** Times of failures, so many milliseconds ago. */
const ago = (...milliseconds: number[]) => milliseconds.map((each) => NOW.getTime() - each);
const many = (count: number, milliseconds: number) =>
  ago(...Array.from({ length: count }, () => milliseconds));

it('lets an attempt through after 9 failures, and none after 10', () => {
  expect(refusedFor([], SIGN_IN_LIMIT, NOW)).toBeUndefined();
  expect(refusedFor(many(9, 1_000), SIGN_IN_LIMIT, NOW)).toBeUndefined();
  expect(refusedFor(many(10, 1_000), SIGN_IN_LIMIT, NOW)).toBe(15 * 60 - 1);
});

it('forgets a failure after 15 minutes, and not before', () => {
  const [old, recent] = [QUARTER_MS, 60_000];
  expect(refusedFor([...ago(old), ...many(9, recent)], SIGN_IN_LIMIT, NOW)).toBeUndefined();
  expect(refusedFor([...ago(old - 1), ...many(9, recent)], SIGN_IN_LIMIT, NOW)).toBe(1);
  expect(countedFailures([...ago(old), ...many(2, recent)], SIGN_IN_LIMIT, NOW)).toHaveLength(2);
});

it('waits for the failure that has to be forgotten first', () => {
  expect(refusedFor([...ago(600_000), ...many(10, 60_000)], SIGN_IN_LIMIT, NOW)).toBe(14 * 60);
});
