/** A time as RFC 3339 writes it (section 5.6), where letters may be small; its seconds may be left out. */
const TIME =
  /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d|60)(?:\.(\d+))?)?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** A day of the calendar as a pattern of JSON Schema, which has to know by itself how long months are, and which years are leap. */
const LEAP_YEAR = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
const DAY_OF_YEAR =
  '(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8])';
export const DATE_PATTERN = `(?:\\d{4}-(?:${DAY_OF_YEAR})|${LEAP_YEAR}-02-29)`;
/** What makes a time of a day, as a pattern: patterns of JSON Schema have no flag that ignores case. */
export const TIME_PATTERN =
  '[Tt](?:[01]\\d|2[0-3]):[0-5]\\d(?::(?:[0-5]\\d|60)(?:\\.\\d+)?)?(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';

/** A time of the years 0000 to 9999 in UTC as ISO 8601 writes it, to the millisecond; another year has more digits. */
const ISO = /^\d{4}-/;
/** The first second of a month, within such a time. */
const MONTH_BEGINS = /-01T00:00:00\./;

/** Whether it is a day of the calendar: `2026-02-29` is none. JavaScript takes it for the first of March. */
export const isDate = (written: string): boolean => {
  const day = DATE.test(written) ? new Date(`${written}T00:00:00Z`).getUTCDate() : Number.NaN;
  return day === Number(written.slice(-2));
};

/**
 * A time with its zone in UTC: ISO 8601, to the millisecond. What is finer is cut off, so that a time never becomes a later one.
 * A leap second, which ends a month in UTC, comes out as the second after it: few programs know one (RFC 3339, section 5.7).
 *
 * @param written RFC 3339, with seconds or without: `2026-12-01T10:00+01:00`
 * @returns undefined if it is none, or one that in UTC is not of the years 0000 to 9999
 */
export const utcOf = (written: string): string | undefined => {
  const [, date = '', minute, second = '00', fraction = '', sign, hours, minutes] = TIME.exec(written) ?? [];
  if (!isDate(date)) return undefined;
  const isLeap = second === '60';
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const local = Date.parse(`${date}T${minute}:${isLeap ? '59' : second}.${milliseconds}Z`);
  const ahead = sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  const utc = new Date(local - ahead * 60_000 + (isLeap ? 1_000 : 0)).toISOString();
  return ISO.test(utc) && (!isLeap || MONTH_BEGINS.test(utc)) ? utc : undefined;
};
