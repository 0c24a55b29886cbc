import { expect, it } from 'vitest';
import { DAY_MS, dateOf, daysAfter } from '../../functions/contract/days.ts';

const NEW_YEAR = new Date('2027-01-01T00:30:00.000Z');

it.each([
  [1, '2027-01-02T00:30:00.000Z'],
  [0, '2027-01-01T00:30:00.000Z'],
  [-1, '2026-12-31T00:30:00.000Z'],
  [365, '2028-01-01T00:30:00.000Z'],
])('A time %i days after another is at the same hour of that day, in UTC', (days, time) => {
  expect(daysAfter(days, NEW_YEAR).toISOString()).toBe(time);
});

it('A day is the time from one midnight in UTC to the next', () => {
  expect(DAY_MS).toBe(Date.parse('2026-10-26') - Date.parse('2026-10-25'));
});

it('The date of a time is its day in UTC, whatever the zone of the machine', () => {
  expect(dateOf(NEW_YEAR)).toBe('2027-01-01');
  expect(dateOf(new Date('2026-12-31T23:59:59.999Z'))).toBe('2026-12-31');
});
