import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOrTime, time, timeOfAnyYear } from '../../functions/contract/params.ts';
import { DATE_PATTERN, isDate } from '../../functions/contract/times.ts';

/** As it is handed on; undefined if it is refused. */
const read = (schema: typeof time, value: unknown): string | undefined => schema.safeParse(value).data;

describe('a time', () => {
  it.each([
    ['2026-12-01T09:00:00Z', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00:00.5Z', '2026-12-01T09:00:00.500Z'],
    ['2026-12-01T09:00Z', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00+01:00', '2026-12-01T08:00:00.000Z'],
    ['2026-12-01T09:00:00-00:00', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00:00+23:59', '2026-11-30T09:01:00.000Z'],
    ['2026-12-01T09:00:00-23:59', '2026-12-02T08:59:00.000Z'],
    ['2026-12-01T00:00:00+05:45', '2026-11-30T18:15:00.000Z'],
    ['2026-12-01t09:00:00z', '2026-12-01T09:00:00.000Z'],
    ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.999Z'],
    ['2000-01-01T00:00Z', '2000-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('The time %s comes back as %s', (written, utc) => {
    expect(read(time, written)).toBe(utc);
    expect(read(dateOrTime, written)).toBe(utc);
    expect(read(timeOfAnyYear, written)).toBe(utc);
  });

  it('A time of more digits is cut to the millisecond, and so never later than it was', () => {
    expect(read(time, '2026-12-01T09:00:00.1239999Z')).toBe('2026-12-01T09:00:00.123Z');
    expect(read(time, `2026-12-31T23:59:59.${'9'.repeat(1_000)}Z`)).toBe('2026-12-31T23:59:59.999Z');
  });

  it.each([
    ['2026-12-31T23:59:60Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31T15:59:60.25-08:00', '2027-01-01T00:00:00.250Z'],
    ['2027-07-01T01:59:60+02:00', '2027-07-01T00:00:00.000Z'],
  ])('A time may be a leap second, at the end of a month in UTC: %s', (written, utc) => {
    expect(read(time, written)).toBe(utc);
  });

  it.each([
    ['no such day', '2026-02-29T09:00:00Z'],
    ['no such month', '2026-13-01T09:00:00Z'],
    ['the hour 24', '2026-12-01T24:00:00Z'],
    ['the minute 60', '2026-12-01T09:60:00Z'],
    ['the second 61', '2026-12-31T23:59:61Z'],
    ['a leap second within a month', '2026-12-01T09:00:60Z'],
    ['a leap second at midnight elsewhere', '2026-12-31T23:59:60+01:00'],
    ['a leap second after which there are no years', '9999-12-31T23:59:60Z'],
    ['no zone', '2026-12-01T09:00:00'],
    ['no such zone', '2026-12-01T09:00:00+24:00'],
    ['no such minute of a zone', '2026-12-01T09:00:00+01:60'],
    ['a zone without a colon', '2026-12-01T09:00:00+0100'],
    ['a zone of hours alone', '2026-12-01T09:00:00+01'],
    ['two zones', '2026-12-01T09:00:00+01:00Z'],
    ['a zone by name', '2026-12-01T09:00:00 CET'],
    ['no minutes', '2026-12-01T09Z'],
    ['a fraction of a minute', '2026-12-01T09:00.5Z'],
    ['a fraction without digits', '2026-12-01T09:00:00.Z'],
    ['a comma', '2026-12-01T09:00:00,5Z'],
    ['a space for the T', '2026-12-01 09:00:00Z'],
    ['short forms', '2026-1-1T9:00:00Z'],
    ['the basic format', '20261201T090000Z'],
    ['a week', '2026-W49-2T09:00:00Z'],
    ['a date alone', '2026-12-01'],
    ['more around it', ' 2026-12-01T09:00:00Z'],
    ['a line after it', '2026-12-01T09:00:00Z\n'],
    ['other digits', '٢٠٢٦-12-01T09:00:00Z'],
    ['the year 10000', '10000-01-01T00:00:00Z'],
    ['a year with its sign', '+002026-12-01T09:00:00Z'],
    ['the year 9999, which is over in UTC', '9999-12-31T23:59:00-00:01'],
    ['a number', 1_796_115_600_000],
    ['nothing', ''],
  ])('A time cannot have %s: %j', (_, written) => {
    expect(read(time, written)).toBeUndefined();
    expect(read(timeOfAnyYear, written)).toBeUndefined();
  });

  it.each([
    ['1999-12-31T23:59:59Z', '1999-12-31T23:59:59.000Z'],
    ['1999-12-31T23:30:00-01:00', '2000-01-01T00:30:00.000Z'],
    ['2000-01-01T00:30:00+01:00', '1999-12-31T23:30:00.000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
  ])(
    'A time is not before 2000, as it is written or in UTC, unless it is told that it is past: %s',
    (written, utc) => {
      expect(read(time, written)).toBeUndefined();
      expect(read(dateOrTime, written)).toBeUndefined();
      expect(read(timeOfAnyYear, written)).toBe(utc);
    },
  );

  it('A time comes back as it is when it is sent again', () => {
    const zones = fc
      .tuple(fc.constantFrom('+', '-'), fc.nat(23), fc.nat(59))
      .map(([sign, ...zone]) => sign + zone.map((number) => String(number).padStart(2, '0')).join(':'));
    const times = fc.date({
      min: new Date('2000-01-03'),
      max: new Date('9999-12-28'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, fc.oneof(fc.constantFrom('Z', 'z'), zones), fc.nat(99_999), (local, zone, finer) => {
        const written = `${local.toISOString().slice(0, -1)}${finer}${zone}`;
        const utc = read(time, written);
        // JavaScript reads the same, but for what is finer than it knows.
        expect(utc).toBe(new Date(local.toISOString().replace('Z', zone.toUpperCase())).toISOString());
        expect(read(time, utc)).toBe(utc);
      }),
    );
  });
});

describe('a date', () => {
  it.each(['2026-11-05', '2024-02-29', '2000-01-01', '9999-12-31'])(
    'A date stays as it is: %s',
    (written) => {
      expect(read(dateOrTime, written)).toBe(written);
    },
  );

  it.each([
    ['no such day', '2026-02-29'],
    ['the year before 2000', '1999-12-31'],
    ['the year 10000', '10000-01-01'],
    ['another format', '05.11.2026'],
    ['short forms', '2026-1-5'],
    ['a zone', '2026-11-05Z'],
    ['more than a date', '2026-11-05 '],
    ['nothing', ''],
    ['a number', 20261105],
  ])('A date cannot have %s: %j', (_, written) => {
    expect(read(dateOrTime, written)).toBeUndefined();
  });
});

it('Every day from 1999 to 2401 is by the pattern what it is by the calendar', () => {
  const pattern = new RegExp(`^${DATE_PATTERN}$`, 'u');
  for (let year = 1999; year <= 2401; year += 1) {
    for (let month = 0; month <= 13; month += 1) {
      for (const day of ['00', '01', '09', '10', '28', '29', '30', '31', '32']) {
        const written = `${year}-${String(month).padStart(2, '0')}-${day}`;
        if (pattern.test(written) !== isDate(written)) expect.fail(written);
      }
    }
  }
});
