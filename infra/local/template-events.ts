import * as z from 'zod';
import { queueArn } from './intrinsics.ts';

/** What of a template calls functions by itself: queues and schedules. */

export const queueSchema = z.object({
  // What SQS takes where the template says nothing.
  VisibilityTimeout: z.int().default(30),
  RedrivePolicy: z
    .object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.int().positive() })
    .optional(),
});

export interface QueueDescription {
  name: string;
  arn: string;
  visibilityTimeoutSeconds: number;
  /** Where messages go that were received so often. */
  redrive: { deadLetterArn: string; maxReceiveCount: number } | undefined;
}

export const queueOf = (
  name: string,
  { VisibilityTimeout, RedrivePolicy }: z.infer<typeof queueSchema>,
): QueueDescription => ({
  name,
  arn: queueArn(name),
  visibilityTimeoutSeconds: VisibilityTimeout,
  redrive: RedrivePolicy && {
    deadLetterArn: RedrivePolicy.deadLetterTargetArn,
    maxReceiveCount: RedrivePolicy.maxReceiveCount,
  },
});

export const eventSourceSchema = z.object({
  EventSourceArn: z.string().startsWith('arn:aws:sqs:', 'must be a queue'),
  // Its name, and perhaps that of its alias.
  FunctionName: z.string().transform((name) => name.split(':')[0] ?? name),
  BatchSize: z.int().default(10),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  // Lambda begins with five batches at once where the template says nothing.
  ScalingConfig: z.object({ MaximumConcurrency: z.int() }).default({ MaximumConcurrency: 5 }),
});

export interface EventSourceDescription {
  queueArn: string;
  /** The name of the function that gets the messages. */
  function: string;
  batchSize: number;
  /** How many batches the function gets at once. */
  batchesAtOnce: number;
  /** Whether the function tells which messages of a batch failed; else they all fail together. */
  reportsFailures: boolean;
}

export const eventSourceOf = (properties: z.infer<typeof eventSourceSchema>): EventSourceDescription => ({
  queueArn: properties.EventSourceArn,
  function: properties.FunctionName,
  batchSize: properties.BatchSize,
  batchesAtOnce: properties.ScalingConfig.MaximumConcurrency,
  reportsFailures: properties.FunctionResponseTypes.length > 0,
});

const UNITS_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;

export const scheduleSchema = z.object({
  ScheduleExpression: z
    .string('must be a schedule')
    .regex(RATE, 'must be a rate')
    .transform((text) => {
      const [, count, unit] = RATE.exec(text) ?? [];
      return Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
    }),
  State: z.string().default('ENABLED'),
  Targets: z.array(z.object({ Arn: z.string() })),
});

export interface ScheduleDescription {
  name: string;
  /** Whether the clock calls. */
  isEnabled: boolean;
  everyMs: number;
  /** The names of the functions that it calls. */
  functions: string[];
}
