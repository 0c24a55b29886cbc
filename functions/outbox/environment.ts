import * as z from 'zod/mini';

/** What a function that sends e-mail finds in its environment besides. */
export const emailEnvironmentSchema = z.object({
  /** The name of the parameter of SSM's that holds Mandrill's API key. */
  MANDRILL_KEY_PARAMETER: z.string().check(z.minLength(1)),
  /** Mandrill's API, such as `https://mandrillapp.com/api/1.0`. */
  MANDRILL_URL: z.url(),
  /** For how many milliseconds an e-mail waits for the key, and for Mandrill, at most. */
  MANDRILL_PATIENCE_MS: z.pipe(z.string().check(z.regex(/^[1-9]\d*$/)), z.transform(Number)),
  EMAIL_FROM: z.email(),
  EMAIL_FROM_NAME: z.string().check(z.minLength(1)),
});
export type EmailEnvironment = z.infer<typeof emailEnvironmentSchema>;
/** The same as it stands in the environment, where all is text. */
export type EmailEnvironmentText = z.input<typeof emailEnvironmentSchema>;

/** What a function that queues e-mails finds in its environment besides. */
export const queueEnvironmentSchema = z.object({
  /** The queue of e-mails that are due. */
  EMAIL_QUEUE_URL: z.url(),
});
export type QueueEnvironment = z.infer<typeof queueEnvironmentSchema>;
