import * as z from 'zod/mini';

/** An id: a positive integer below 2^53. */
export const id = z.int().check(z.minimum(1));

/** Text of at most `max` characters (code points, as JSON Schema counts), and well-formed Unicode. */
export const text = (max: number, min = 0) =>
  z.string().check(({ value, issues }) => {
    const refuse = (code: string, predicate: string) =>
      issues.push({ code: 'custom', input: value, params: { code }, message: predicate });
    // An unpaired surrogate cannot be stored as UTF-8: it would come back as another character.
    if (!value.isWellFormed()) return void refuse('malformed', 'must be well-formed Unicode');
    // A code point has one or two units, so that most texts need no counting.
    const length = value.length < 2 * min || value.length > max ? [...value].length : value.length;
    if (length > max) refuse('too-long', `must have at most ${max} characters`);
    if (length < min) refuse('too-short', `must have at least ${min} character${min === 1 ? '' : 's'}`);
  });

/** Control characters, and those that change the direction of writing: what is shown would not be what is there. */
export const UNSHOWN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

const date = z.iso.date();
const utcTime = z.iso.datetime();
const zonedTime = z.iso.datetime({ offset: true });

/** Whether it is a time that is one in UTC too: its zone can take it out of the years 0000 to 9999. */
const isTime = (value: string): boolean =>
  zonedTime.safeParse(value).success && utcTime.safeParse(new Date(value).toISOString()).success;

/** A calendar date (`YYYY-MM-DD`), or a time with its zone (ISO 8601). */
export const dateOrTime = z.string().check(({ value, issues }) => {
  if (date.safeParse(value).success || isTime(value)) return;
  issues.push({
    code: 'custom',
    input: value,
    params: { code: 'malformed' },
    message: 'must be a date (YYYY-MM-DD) or a time with its zone (ISO 8601)',
  });
});

/** A time with its zone (ISO 8601). */
export const time = z.string().check(({ value, issues }) => {
  if (isTime(value)) return;
  const message = 'must be a time with its zone (ISO 8601), such as 2026-12-01T09:00:00Z';
  issues.push({ code: 'custom', input: value, params: { code: 'malformed' }, message });
});

/** A list of at most `max` elements; zod refuses a longer one before it looks at any of them. */
export const list = <Element extends z.ZodMiniType>(element: Element, max: number) =>
  z.array(element).check(z.maxLength(max));

/**
 * One schema for objects that have a key, whatever its value, and another for all else. A union of the two would not know
 * which of them an object with a fault was meant for.
 */
export const byKey = <With extends z.ZodMiniType, Without extends z.ZodMiniType>(
  key: string,
  withKey: With,
  without: Without,
) =>
  z.custom<z.infer<With> | z.infer<Without>>().check(({ value, issues }) => {
    const hasKey = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    const { error } = (hasKey ? withKey : without).safeParse(value, { reportInput: true });
    issues.push(...((error?.issues ?? []) as typeof issues));
  });

/** A whole number in a query string, where all values are text. */
const queryNumber = (min: number, max: number) =>
  z.pipe(
    z.string().check(({ value, issues }) => {
      const number = Number(value);
      if (/^(0|[1-9]\d{0,15})$/.test(value) && number >= min && number <= max) return;
      const message = `must be a whole number from ${min} to ${max}`;
      issues.push({ code: 'custom', input: value, params: { code: 'malformed' }, message });
    }),
    z.transform(Number),
  );

/** An id in a query string. */
export const queryId = queryNumber(1, Number.MAX_SAFE_INTEGER);

/** How many items of a list a page has when nothing is said. */
export const DEFAULT_LIMIT = 25;

/** What tells which part of a list to show: at most so many, from where the last part ended (its `next_cursor`). */
export const paging = {
  limit: z.optional(queryNumber(1, 100)),
  cursor: z.optional(z.string()),
};
