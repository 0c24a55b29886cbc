import * as z from 'zod/mini';

/** What every function finds in its environment. The stack types what it passes by it, and the function parses it. */
export const environmentSchema = z.object({
  /** The stage's name, such as `dev`. */
  STAGE: z.string().check(z.minLength(1)),
  TABLE_NAME: z.string().check(z.minLength(1)),
});
export type Environment = z.infer<typeof environmentSchema>;

/** OWASP's first choice of a cost for scrypt (Password Storage Cheat Sheet): 128 MiB, which a function's memory must hold. */
export const OWASP_COST = 2 ** 17;

/** What a function that hashes passwords finds besides. */
export interface PasswordEnvironment {
  /** scrypt's cost, a power of two. No stage has another than OWASP's; tests do, which would wait for it for minutes. */
  SCRYPT_COST: string;
}

/** What a function that sends e-mail finds besides. */
export const emailEnvironmentSchema = z.object({
  /** The name of the parameter of SSM's that holds Mandrill's API key. */
  MANDRILL_KEY_PARAMETER: z.string().check(z.minLength(1)),
  /** Mandrill's API, such as `https://mandrillapp.com/api/1.0`. */
  MANDRILL_URL: z.url(),
  EMAIL_FROM: z.email(),
  EMAIL_FROM_NAME: z.string().check(z.minLength(1)),
});
export type EmailEnvironment = z.infer<typeof emailEnvironmentSchema>;

/** What a function that queues e-mails finds besides. */
export const queueEnvironmentSchema = z.object({
  /** The queue of e-mails that are due. */
  EMAIL_QUEUE_URL: z.url(),
});
export type QueueEnvironment = z.infer<typeof queueEnvironmentSchema>;

/** What a function that alerts people finds besides. */
export const topicEnvironmentSchema = z.object({
  /** The topic to which those have subscribed who are alerted. */
  ALERT_TOPIC_ARN: z.string().check(z.startsWith('arn:')),
});
export type TopicEnvironment = z.infer<typeof topicEnvironmentSchema>;
