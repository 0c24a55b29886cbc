import { once } from 'node:events';
import { expect, it } from 'vitest';
import { ANSWER_MS, deadlineOf } from '../../functions/table/deadline.ts';

/** What is kept back: the time to answer, and as much for the action to end. */
const RESERVE_MS = ANSWER_MS + 500;

it('A deadline keeps a part of the function’s time back', () => {
  let left = 10_000;
  const { remaining, signal } = deadlineOf(() => left);
  expect(remaining()).toBe(10_000 - RESERVE_MS);
  left = 6_000;
  expect(remaining()).toBe(6_000 - RESERVE_MS);
  expect(signal.aborted).toBe(false);
});

it('A deadline never leaves less than nothing', () => {
  expect(deadlineOf(() => RESERVE_MS - 1).remaining()).toBe(0);
});

it('A deadline passes when only that part is left which is kept back', async () => {
  const { signal } = deadlineOf(() => RESERVE_MS + 1);
  await once(signal, 'abort');
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});
