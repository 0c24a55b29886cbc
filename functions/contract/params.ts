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
    const length = value.length <= min || value.length > max ? [...value].length : value.length;
    if (length > max) refuse('too-long', `must have at most ${max} characters`);
    if (length < min) refuse('too-short', `must have at least ${min} character${min === 1 ? '' : 's'}`);
  });

/** A calendar date (`YYYY-MM-DD`), or a time with its zone (ISO 8601). */
export const dateOrTime = z.string().check(({ value, issues }) => {
  if (z.iso.date().safeParse(value).success) return;
  if (z.iso.datetime({ offset: true }).safeParse(value).success) return;
  issues.push({
    code: 'custom',
    input: value,
    params: { code: 'malformed' },
    message: 'must be a date (YYYY-MM-DD) or a time with its zone (ISO 8601)',
  });
});

/** A list of at most `max` elements; a longer one is refused before anything looks at its elements. */
export const list = <Element extends z.ZodMiniType>(element: Element, max: number) =>
  z.pipe(z.array(z.unknown()).check(z.maxLength(max)), z.array(element));
