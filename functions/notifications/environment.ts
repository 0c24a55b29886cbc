import * as z from 'zod/mini';

/** What a function that alerts people finds in its environment besides. */
export const alertEnvironmentSchema = z.object({
  /** The topic to which those have subscribed who are alerted. */
  ALERT_TOPIC_ARN: z.string().check(z.startsWith('arn:')),
  /** What is called after each run that went well; nothing is where it is empty. */
  HEARTBEAT_URL: z.union([z.literal(''), z.url()]),
  /** Where the team reads docs/runbook.md; messages point to a heading of it. */
  RUNBOOK: z.url(),
});
export type AlertEnvironment = z.infer<typeof alertEnvironmentSchema>;
