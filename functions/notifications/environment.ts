import * as z from 'zod/mini';

/** What a function that alerts people finds in its environment besides. */
export const topicEnvironmentSchema = z.object({
  /** The topic to which those have subscribed who are alerted. */
  ALERT_TOPIC_ARN: z.string().check(z.startsWith('arn:')),
});
export type TopicEnvironment = z.infer<typeof topicEnvironmentSchema>;
