import * as z from 'zod/mini';
import { stated } from './json-schema.ts';
import { list, queryId } from './params.ts';

/** One of zod's issues for each text that stands there for a second time. */
const duplicates = (texts: readonly string[]): z.core.$ZodRawIssue[] =>
  texts.flatMap((text, index) =>
    texts.indexOf(text) === index
      ? []
      : {
          code: 'custom' as const,
          path: [index],
          input: text,
          params: { code: 'duplicate' },
          message: 'is given twice',
        },
  );

/**
 * Ids in a query string, by commas: 1 to `max` of them, none twice. Each has its faults at its own place, such as `order_ids[2]`; of
 * too many none is looked at.
 */
export const queryIds = (max: number) => {
  const ids = list(queryId, max).check(z.minLength(1));
  const read = z.pipe(
    z.string(),
    z.transform((written, { issues }): number[] => {
      const texts = written === '' ? [] : written.split(',');
      const { data = [], error } = ids.safeParse(texts, { reportInput: true });
      const more = texts.length > max ? [] : duplicates(texts);
      issues.push(...((error?.issues ?? []) as z.core.$ZodRawIssue[]), ...more);
      return data;
    }),
  );
  // That none is given twice, and that each is below 2^53, no pattern can say.
  return stated(read, () => ({
    type: 'string',
    description: 'They are written with commas between them, such as `5550001,5550002`.',
    pattern: `^[1-9]\\d{0,15}(?:,[1-9]\\d{0,15}){0,${max - 1}}$`,
  }));
};
