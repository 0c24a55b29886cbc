import * as z from 'zod/mini';
import { CAN_BE_SEEN, NOT_IN_ONE_LINE } from './characters.ts';
import type { FaultCode } from './code-docs.ts';
import { stated } from './json-schema.ts';
import { DATE_PATTERN, isDate, TIME_PATTERN, utcOf } from './times.ts';

/** What is wrong with a value: a code, and a sentence that lacks the parameter's name. */
export interface Wrong {
  code: FaultCode;
  predicate: string;
}
export const wrong = (code: FaultCode, predicate: string): Wrong => ({ code, predicate });

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
  stated(
    z.number().check(
      rule((value) => {
        if (!Number.isInteger(value)) return wrong('type', 'must be a whole number');
        if (value < min) return wrong('too-small', `must be at least ${min}`);
        return value > max ? wrong('too-large', `must be at most ${max}`) : undefined;
      }),
      z.overwrite((value) => value + 0),
    ),
    () => ({ type: 'integer', minimum: min, maximum: max }),
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

/** Text by a rule, of which JSON Schema says the patterns that all have to be found in it. */
const textBy = (max: number, judge: (value: string) => Wrong | undefined, ...patterns: string[]) =>
  stated(z.string().check(rule((value) => judgeText(value, max) ?? judge(value))), () => ({
    type: 'string',
    maxLength: max,
    allOf: patterns.map((pattern) => ({ pattern })),
  }));

const WELL_FORMED_PATTERN = '^\\P{Cs}*$';

/** Text of at most `max` characters. */
export const text = (max: number) => textBy(max, () => undefined, WELL_FORMED_PATTERN);

/** Text in which something can be seen. */
export const visibleText = (max: number) => textBy(max, judgeSeen, WELL_FORMED_PATTERN, CAN_BE_SEEN.source);

/** Text in which something can be seen, in one line: what people or things are called. */
export const oneLine = (max: number) =>
  textBy(
    max,
    (value) => judgeLine(value) ?? judgeSeen(value),
    `^(?:(?!${NOT_IN_ONE_LINE.source})\\P{Cs})*$`,
    CAN_BE_SEEN.source,
  );

/**
 * Text that is read into one form, in which it is handed on; `malformed` where it cannot be. The pattern lets pass what no pattern
 * can tell: a leap second at another time than the end of a month, and a year that is another one in UTC.
 */
const textReadBy = (read: (written: string) => string | undefined, predicate: string, pattern: string) =>
  stated(
    z.string().check((payload) => {
      const plain = read(payload.value);
      if (plain === undefined) rule(() => wrong('malformed', predicate))(payload);
      else payload.value = plain;
    }),
    () => ({ type: 'string', pattern }),
  );

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
    `^(?=[${year[0]}-9])${DATE_PATTERN}${TIME_PATTERN}$`,
  );

/** A time with its zone, of the years 2000 to 9999: handed on in UTC (ISO 8601), to the millisecond. */
export const time = timeSince(FIRST_YEAR);

/** A time as `time` has it, and of the years before: for what must not be past, so that it can be told just that. */
export const timeOfAnyYear = timeSince('0000');

/** A calendar date (`YYYY-MM-DD`), handed on as it is, or a time; both of the years 2000 to 9999. */
export const dateOrTime = textReadBy(
  (written) => (isDate(written) && written >= FIRST_YEAR ? written : utcSince(written, FIRST_YEAR)),
  'must be a date (YYYY-MM-DD) or a time with its zone (RFC 3339), of the years 2000 to 9999',
  `^(?=[${FIRST_YEAR[0]}-9])${DATE_PATTERN}(?:${TIME_PATTERN})?$`,
);

/** A list of at most `max` elements; zod refuses a longer one before it looks at any of them. */
export const list = <Element extends z.ZodMiniType>(element: Element, max: number) =>
  z.array(element).check(z.maxLength(max));

/** By which of its schemas one that chooses reads a value. */
const choices = new WeakMap<object, (value: unknown) => z.core.$ZodType>();

/** The schema that reads a value in the end: of one that may be absent what it is otherwise, and of one that chooses its choice. */
export const readBy = (schema: z.core.$ZodType, value: unknown): z.core.$ZodType =>
  schema instanceof z.ZodMiniOptional
    ? readBy(schema.def.innerType, value)
    : (choices.get(schema)?.(value) ?? schema);

/**
 * One schema for objects that have a key, whatever its value, and another for all else. A union of the two would not know
 * which of them an object with a fault was meant for.
 */
export const byKey = <With extends z.ZodMiniType, Without extends z.ZodMiniType>(
  key: string,
  withKey: With,
  without: Without,
) => {
  const choose = (value: unknown) =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? withKey : without;
  const schema = stated(
    z.custom<z.infer<With> | z.infer<Without>>().check((payload) => {
      const { data, error } = choose(payload.value).safeParse(payload.value, { reportInput: true });
      if (error === undefined) payload.value = data as z.infer<With> | z.infer<Without>;
      else payload.issues.push(...(error.issues as typeof payload.issues));
    }),
    // The one requires the key, and the other does not know it.
    (of) => ({ oneOf: [of(withKey), of(without)] }),
  );
  choices.set(schema, choose);
  return schema;
};

/** Has a request judged and told what it would do, instead of doing it; `false` is as if it were absent. */
export const dryRun = { dry_run: z.optional(z.boolean()) };

const judgeDigits = (value: string): Wrong | undefined =>
  /^-?(0|[1-9]\d*)$/.test(value) ? undefined : wrong('malformed', 'must be a whole number');

/** A whole number in a query string, where all values are text. */
const queryNumber = (number: ReturnType<typeof wholeNumber>) =>
  stated(z.pipe(z.pipe(z.string().check(rule(judgeDigits)), z.transform(Number)), number), (of) =>
    of(number),
  );

/** An id in a query string. */
export const queryId = queryNumber(id);

/** How many items of a list a page has when nothing is said. */
export const DEFAULT_LIMIT = 25;

/** What tells which part of a list to show: at most so many, from where the last part ended (its `next_cursor`). */
export const paging = {
  limit: z.optional(queryNumber(wholeNumber(1, 100))),
  cursor: z.optional(z.string()),
};
