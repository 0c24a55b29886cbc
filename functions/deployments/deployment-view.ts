import * as z from 'zod/mini';

/** What the deployment records say, for people. */
const deployed = {
  name: z.string(),
  state: z.enum(['deployed', 'withdrawn']),
  release: z.string(),
  deployed_at: z.string(),
  /** When an operator withdrew it by hand. */
  withdrawn_at: z.nullable(z.string()),
};

export const deployedService = z.strictObject(deployed);
export const deployedRoute = z.strictObject({
  ...deployed,
  service: z.string(),
  /** Any text: another release may have routes of other methods. */
  method: z.string(),
  purpose: z.string(),
  /** That of the function which answers, as its log has it; null when none is on record. */
  version: z.nullable(z.string()),
});
