import { expect, it } from 'vitest';
import { nextStep } from '../../functions/domain/delivery.ts';
import { daysAgo, NOW } from '../support/sessions.ts';

const MINUTE_MS = 60_000;
const PASSING = { permanent: false };
const before = (minutes: number): string => new Date(NOW.getTime() - minutes * MINUTE_MS).toISOString();

it.each([
  [1, 1],
  [2, 2],
  [3, 5],
  [4, 10],
  [5, 30],
  [6, 60],
  [7, 60],
  [1_000, 60],
])('after attempt %i the pause is %i minutes', (attempts, minutes) => {
  const due_at = new Date(NOW.getTime() + minutes * MINUTE_MS);
  expect(nextStep(PASSING, { attempts, tried_since: before(1) }, NOW)).toEqual({ state: 'unsent', due_at });
});

it('the last attempt is due when the 24 hours end', () => {
  const tried_since = before(23.5 * 60);
  const due_at = new Date(NOW.getTime() + 30 * MINUTE_MS);
  expect(nextStep(PASSING, { attempts: 20, tried_since }, NOW)).toEqual({ state: 'unsent', due_at });
});

it.each([daysAgo(1), daysAgo(30)])(
  'what fails 24 hours after %s is parked, and that is giving up',
  (since) => {
    const step = nextStep(PASSING, { attempts: 1, tried_since: since }, NOW);
    expect(step).toEqual({ state: 'parked' });
  },
);

it.each([before(0), daysAgo(2)])('what was refused for good is parked at once (%s)', (tried_since) => {
  const step = nextStep({ permanent: true }, { attempts: 1, tried_since }, NOW);
  expect(step).toEqual({ state: 'parked' });
});

it('an e-mail that fails each time has about thirty attempts in its 24 hours', () => {
  const tries = { attempts: 1, tried_since: NOW.toISOString() };
  let now = NOW;
  for (;;) {
    const step = nextStep(PASSING, tries, now);
    if (step.state === 'parked') break;
    expect(step.due_at.getTime()).toBeGreaterThan(now.getTime());
    now = step.due_at;
    tries.attempts += 1;
  }
  expect(now.getTime() - NOW.getTime()).toBe(24 * 60 * MINUTE_MS);
  expect(tries.attempts).toBe(30);
});
