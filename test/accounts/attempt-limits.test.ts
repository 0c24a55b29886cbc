import { expect, it } from 'vitest';
import {
  countedAttempts,
  REGISTRATION_LIMIT,
  refusedFor,
  SIGN_IN_LIMIT,
} from '../../functions/accounts/attempt-limits.ts';

const NOW = new Date('2026-11-05T15:00:00.000Z');
const QUARTER_MS = 15 * 60 * 1_000;
/** Times of failures, so many milliseconds ago. */
const ago = (...milliseconds: number[]) => milliseconds.map((each) => NOW.getTime() - each);
const many = (count: number, milliseconds: number) =>
  ago(...Array.from({ length: count }, () => milliseconds));

it('A sign-in is let through after 9 failures, and none after 10', () => {
  expect(refusedFor([], SIGN_IN_LIMIT, NOW)).toBeUndefined();
  expect(refusedFor(many(9, 1_000), SIGN_IN_LIMIT, NOW)).toBeUndefined();
  expect(refusedFor(many(10, 1_000), SIGN_IN_LIMIT, NOW)).toBe(15 * 60 - 1);
});

it('A failed sign-in is forgotten after 15 minutes, and not before', () => {
  const [old, recent] = [QUARTER_MS, 60_000];
  expect(refusedFor([...ago(old), ...many(9, recent)], SIGN_IN_LIMIT, NOW)).toBeUndefined();
  expect(refusedFor([...ago(old - 1), ...many(9, recent)], SIGN_IN_LIMIT, NOW)).toBe(1);
  expect(countedAttempts([...ago(old), ...many(2, recent)], SIGN_IN_LIMIT, NOW)).toHaveLength(2);
});

it('Whoever is refused waits for the failure that has to be forgotten first', () => {
  expect(refusedFor([...ago(600_000), ...many(10, 60_000)], SIGN_IN_LIMIT, NOW)).toBe(14 * 60);
});

it('A registration is let through after 29 that told of an address within an hour, and none after 30', () => {
  const hour = 4 * QUARTER_MS;
  expect(refusedFor(many(29, 1_000), REGISTRATION_LIMIT, NOW)).toBeUndefined();
  expect(refusedFor(many(30, 1_000), REGISTRATION_LIMIT, NOW)).toBe(60 * 60 - 1);
  expect(refusedFor([...ago(hour), ...many(29, 1_000)], REGISTRATION_LIMIT, NOW)).toBeUndefined();
  expect(refusedFor([...ago(hour - 1), ...many(29, 1_000)], REGISTRATION_LIMIT, NOW)).toBe(1);
});

it('Who has to wait a part of a second is told a whole one', () => {
  expect(refusedFor(many(10, QUARTER_MS - 1_001), SIGN_IN_LIMIT, NOW)).toBe(2);
});
