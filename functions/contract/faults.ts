import type { FaultCode } from './code-docs.ts';

/** One thing wrong with one parameter, as clients see it: `line_items[2].quantity`, a code, and a sentence. */
export interface Fault {
  param: string;
  code: string;
  message: string;
}

/** A fault whose sentence starts with the parameter's name, so that it can be shown as it is. */
export const fault = (param: string, code: FaultCode, predicate: string): Fault => ({
  param,
  code,
  message: `${param} ${predicate}.`,
});

/** The first of those that have something in common. */
export const firstOfEach = <Item>(items: readonly Item[], inCommon: (item: Item) => string): Item[] =>
  [...Map.groupBy(items, inCommon).values()].flatMap((group) => group.slice(0, 1));

/** The code of the one fault that turns `invalid-param` into `missing-param`. */
export const MISSING = 'missing' satisfies FaultCode;

export const missing = (param: string): Fault => fault(param, MISSING, 'is required');

/** The code of a value of another type; of an optional parameter, null is one. */
export const TYPE = 'type' satisfies FaultCode;

/** The code of a parameter that the route does not have. */
export const UNKNOWN = 'unknown' satisfies FaultCode;

/** The most characters that are shown of a name which a client made up; it may be as long as a request. */
const MOST_OF_NAME = 100;

/**
 * A name that a client made up, as an answer shows it. Half a surrogate pair, which JSON can escape, is replaced: many readers of
 * JSON take no text that has one, and could not read the answer.
 */
export const shownName = (name: string): string => {
  if (name === '') return '""';
  return (name.length > MOST_OF_NAME ? `${name.slice(0, MOST_OF_NAME)}…` : name).toWellFormed();
};

/** The most faults that one answer lists. */
const MOST_LISTED = 100;

/**
 * The faults that an answer lists: the first of them, with their number if there are more. Those that make it `missing-param`
 * come first then, or it would not show why it is.
 */
export const listed = (faults: readonly Fault[]): { errors: readonly Fault[]; errors_total?: number } => {
  if (faults.length <= MOST_LISTED) return { errors: faults };
  const isMissing = ({ code }: Fault) => code === MISSING;
  const ordered = [...faults.filter(isMissing), ...faults.filter((each) => !isMissing(each))];
  return { errors: ordered.slice(0, MOST_LISTED), errors_total: faults.length };
};
