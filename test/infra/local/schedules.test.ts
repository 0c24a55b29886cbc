import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startSchedules } from '../../../infra/local/schedules.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MINUTE_MS = 60_000;
const SCHEDULES = [
  { name: 'each-minute', isEnabled: true, everyMs: MINUTE_MS, functions: ['find', 'count'] },
  { name: 'each-hour', isEnabled: true, everyMs: 60 * MINUTE_MS, functions: ['sweep'] },
  { name: 'by-hand', isEnabled: false, everyMs: MINUTE_MS, functions: ['tidy'] },
];

const start = (byThemselves: boolean) => {
  const called: string[] = [];
  const events: unknown[] = [];
  const schedules = startSchedules(
    SCHEDULES,
    async (name, event) => {
      called.push(name);
      events.push(event);
      return { ok: true, payload: name };
    },
    byThemselves,
  );
  return { schedules, called, events };
};

it('The functions of a schedule are called each time it has passed, until it is closed', () => {
  const { schedules, called } = start(true);
  vi.advanceTimersByTime(MINUTE_MS - 1);
  expect(called).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(called).toEqual(['find', 'count']);
  vi.advanceTimersByTime(59 * MINUTE_MS);
  expect(called.filter((name) => name === 'find')).toHaveLength(60);
  expect(called.filter((name) => name === 'sweep')).toHaveLength(1);
  schedules.close();
  vi.advanceTimersByTime(60 * MINUTE_MS);
  expect(called.filter((name) => name === 'find')).toHaveLength(60);
});

it('The functions of one schedule are called now by its name', async () => {
  const { schedules, called } = start(false);
  await schedules.runNow('each-hour');
  expect(called).toEqual(['sweep']);
  schedules.close();
});

it('The functions of a schedule that is not enabled are called by its name only', async () => {
  const { schedules, called } = start(true);
  vi.advanceTimersByTime(MINUTE_MS);
  expect(called).not.toContain('tidy');
  await schedules.runNow('by-hand');
  expect(called).toContain('tidy');
  schedules.close();
});

it('The functions of all schedules are called now when that is asked for, and tell what they answer', async () => {
  const { schedules, called, events } = start(false);
  vi.advanceTimersByTime(60 * MINUTE_MS);
  expect(called).toEqual([]);
  expect(await schedules.runNow()).toEqual(
    ['find', 'count', 'sweep'].map((payload) => ({ ok: true, payload })),
  );
  expect(events[0]).toMatchObject({
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    resources: ['arn:aws:events:us-east-1:000000000000:rule/each-minute'],
  });
  schedules.close();
});
