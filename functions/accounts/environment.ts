import * as z from 'zod/mini';

/** What a function that sends links to the pages for people finds in its environment besides. */
export const linkEnvironmentSchema = z.object({
  /** The address of the API, without a slash at its end. */
  API_URL: z.url(),
});
export type LinkEnvironment = z.infer<typeof linkEnvironmentSchema>;

/** The address of the API, as the environment says it. */
export const apiUrl = (): string => linkEnvironmentSchema.parse(process.env).API_URL;
