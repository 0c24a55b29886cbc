/** The steps from a value to one within it. */
export type Steps = readonly (string | number)[];

/** The steps to each value within another. */
export const placesIn = (value: unknown): Steps[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => {
        const step = Array.isArray(value) ? Number(key) : key;
        return [[step], ...placesIn(inner).map((steps) => [step, ...steps])];
      });

/** The value at a place within another. */
export const valueAt = (value: unknown, steps: Steps): unknown =>
  steps.reduce((inner, step) => (inner as Record<string | number, unknown>)[step], value);

/** The same with another value in one place; without any there, if that is undefined. */
export const withValue = (given: object, steps: Steps, value: unknown): Record<string, unknown> => {
  const copy = structuredClone(given);
  const within = valueAt(copy, steps.slice(0, -1)) as Record<string, unknown>;
  const last = steps.at(-1) as string;
  if (value === undefined) delete within[last];
  else within[last] = value;
  return copy as Record<string, unknown>;
};
