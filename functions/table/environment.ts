import * as z from 'zod/mini';

/** What every function that has the table finds in its environment. The stack types what it passes by it, and the function parses it. */
export const environmentSchema = z.object({
  /** The stage's name, such as `dev`. */
  STAGE: z.string().check(z.minLength(1)),
  TABLE_NAME: z.string().check(z.minLength(1)),
});
export type Environment = z.infer<typeof environmentSchema>;
