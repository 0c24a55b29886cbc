/** A time as RFC 3339 writes it (section 5.6), where letters may be small; its seconds may be left out. */
const TIME =
  /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d|60)(?:\.(\d+))?)?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** A time of the years 0000 to 9999 in UTC as ISO 8601 writes it, to the millisecond; another year has more digits. */
const ISO = /^\d{4}-/;
/** The first second of a month, within such a time. */
const MONTH_BEGINS = /-01T00:00:00\./;

/** Whether it is a day of the calendar: `2026-02-29` is none. JavaScript takes it for the first of March. */
export const isDate = (written: string): boolean => {
  const start = DATE.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(start) && new Date(start).toISOString().startsWith(written);
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
