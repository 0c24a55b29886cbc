import * as z from 'zod/mini';

/** What the function that checks from outside finds in its environment besides. */
export const checkEnvironmentSchema = z.object({
  /** Where the API is, without a slash at the end. */
  API_URL: z.url(),
  /** The name of the parameter of SSM's that holds what the check was set up with. */
  CHECK_PARAMETER: z.string().check(z.minLength(1)),
});
export type CheckEnvironment = z.infer<typeof checkEnvironmentSchema>;
