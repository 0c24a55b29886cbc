/** One thing wrong with one parameter, as clients see it: `line_items[2].quantity`, a code, and a sentence. */
export interface Fault {
  param: string;
  code: string;
  message: string;
}

/** A fault whose sentence starts with the parameter's name, so that it can be shown as it is. */
export const fault = (param: string, code: string, predicate: string): Fault => ({
  param,
  code,
  message: `${param} ${predicate}.`,
});

/** The first of those that have something in common. */
export const firstOfEach = <Item>(items: readonly Item[], inCommon: (item: Item) => string): Item[] =>
  [...Map.groupBy(items, inCommon).values()].flatMap((group) => group.slice(0, 1));

/** The code of the one fault that turns `invalid-param` into `missing-param`. */
export const MISSING = 'missing';

export const missing = (param: string): Fault => fault(param, MISSING, 'is required');

/** The code of a parameter that the route does not have. */
export const UNKNOWN = 'unknown';
