import * as z from 'zod/mini';
import { CAN_BE_SEEN, NOT_IN_ONE_LINE } from './characters.ts';
import { isDate, utcOf } from './times.ts';

/** What is wrong with a value: a code, and a sentence that lacks the parameter's name. */
export interface Wrong {
  code: string;
  predicate: string;
}
export const wrong = (code: string, predicate: string): Wrong => ({ code, predicate });

/** A rule of a value, which finds one thing wrong with it, or nothing: one mistake is one fault. */
export const rule =
  <Value>(find: (value: Value) => Wrong | undefined) =>
  ({ value, issues }: z.core.ParsePayload<Value>): void => {
    const found = find(value);
    if (found === undefined) return;
    issues.push({ code: 'custom', input: value, params: { code: found.code }, message: found.predicate });
  };

/** A whole number within bounds; `-0`, which JSON knows as well, is 0. */
export const wholeNumber = (min: number, max: number) =>
  z.number().check(
    rule((value) => {
      if (!Number.isInteger(value)) return wrong('type', 'must be a whole number');
      if (value < min) return wrong('too-small', `must be at least ${min}`);
      return value > max ? wrong('too-large', `must be at most ${max}`) : undefined;
    }),
    z.overwrite((value) => value + 0),
  );

/** An id: a positive integer below 2^53. */
export const id = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** What is wrong with the characters of a text or their number, which is that of code points, as JSON Schema counts. */
export const judgeText = (value: string, max: number, min = 0): Wrong | undefined => {
  // An unpaired surrogate cannot be stored as UTF-8: it would come back as another character.
  if (!value.isWellFormed()) return wrong('malformed', 'must be well-formed Unicode');
  // A code point has one or two units, so that most texts need no counting.
  const length = value.length < 2 * min || value.length > max ? [...value].length : value.length;
  if (length > max) return wrong('too-long', `must have at most ${max} characters`);
  return length < min ? wrong('too-short', `must have at least ${min} characters`) : undefined;
};

const judgeSeen = (value: string): Wrong | undefined =>
  CAN_BE_SEEN.test(value) ? undefined : wrong('blank', 'must have at least one character that can be seen');

const judgeLine = (value: string): Wrong | undefined =>
  NOT_IN_ONE_LINE.test(value)
    ? wrong('malformed', 'must be one line, without control characters or marks of direction')
    : undefined;

/** Text of at most `max` characters. */
export const text = (max: number) => z.string().check(rule((value) => judgeText(value, max)));

/** Text in which something can be seen. */
export const visibleText = (max: number) =>
  z.string().check(rule((value) => judgeText(value, max) ?? judgeSeen(value)));

/** Text in which something can be seen, in one line: what people or things are called. */
export const oneLine = (max: number) =>
  z.string().check(rule((value) => judgeText(value, max) ?? judgeLine(value) ?? judgeSeen(value)));

/** Text that is read into one form, in which it is handed on; `malformed` where it cannot be. */
const textReadBy = (read: (written: string) => string | undefined, predicate: string) =>
  z.string().check((payload) => {
    const plain = read(payload.value);
    if (plain === undefined) rule(() => wrong('malformed', predicate))(payload);
    else payload.value = plain;
  });

/** The first of the years that dates and times can have, as they are written and in UTC; the last is 9999. */
const FIRST_YEAR = '2000';

const utcSince = (written: string, year: string): string | undefined => {
  const utc = utcOf(written);
  return utc !== undefined && utc >= year && written >= year ? utc : undefined;
};

const timeSince = (year: string) =>
  textReadBy(
    (written) => utcSince(written, year),
    `must be a time with its zone (RFC 3339), such as 2026-12-01T09:00:00Z, of the years ${year} to 9999`,
  );

/** A time with its zone, of the years 2000 to 9999: handed on in UTC (ISO 8601), to the millisecond. */
export const time = timeSince(FIRST_YEAR);

/** A time as `time` has it, and of the years before: for what must not be past, so that it can be told just that. */
export const timeOfAnyYear = timeSince('0000');

/** A calendar date (`YYYY-MM-DD`), handed on as it is, or a time; both of the years 2000 to 9999. */
export const dateOrTime = textReadBy(
  (written) => (isDate(written) && written >= FIRST_YEAR ? written : utcSince(written, FIRST_YEAR)),
  'must be a date (YYYY-MM-DD) or a time with its zone (RFC 3339), of the years 2000 to 9999',
);

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
) => {
  const schema = z.custom<z.infer<With> | z.infer<Without>>().check((payload) => {
    const { value, issues } = payload;
    const hasKey = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    const { data, error } = (hasKey ? withKey : without).safeParse(value, { reportInput: true });
    if (error === undefined) payload.value = data as z.infer<With> | z.infer<Without>;
    else issues.push(...(error.issues as typeof issues));
  });
  choices.set(schema, [withKey, without]);
  return schema;
};

const choices = new WeakMap<z.core.$ZodType, readonly z.core.$ZodType[]>();

/** The schemas that one made by `byKey` chooses from, for those who print definitions; none of any other schema. */
export const choicesOf = (schema: z.core.$ZodType): readonly z.core.$ZodType[] => choices.get(schema) ?? [];

const judgeDigits = (value: string): Wrong | undefined =>
  /^-?(0|[1-9]\d*)$/.test(value) ? undefined : wrong('malformed', 'must be a whole number');

/** A whole number in a query string, where all values are text. */
const queryNumber = (number: ReturnType<typeof wholeNumber>) =>
  z.pipe(z.pipe(z.string().check(rule(judgeDigits)), z.transform(Number)), number);

/** An id in a query string. */
export const queryId = queryNumber(id);

/** How many items of a list a page has when nothing is said. */
export const DEFAULT_LIMIT = 25;

/** What tells which part of a list to show: at most so many, from where the last part ended (its `next_cursor`). */
export const paging = {
  limit: z.optional(queryNumber(wholeNumber(1, 100))),
  cursor: z.optional(z.string()),
};
