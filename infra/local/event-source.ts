import * as z from 'zod';
import type { InvocationResult, Invoke } from './functions.ts';
import { REGION } from './intrinsics.ts';
import type { Call } from './policies.ts';
import { type LocalQueue, md5, type ReceivedMessage } from './queue.ts';
import type { EventSourceDescription } from './template-events.ts';

/** The event of a batch of messages ("Using Lambda with Amazon SQS"). */
const eventOf = (messages: readonly ReceivedMessage[], queueArn: string) => ({
  Records: messages.map(({ messageId, receiptHandle, body, receiveCount, sentAt, firstReceivedAt }) => ({
    messageId,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    },
    messageAttributes: {},
    md5OfBody: md5(body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: REGION,
  })),
});

const responseSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * The messages of a batch that were dealt with. A response that is not understood, or that names a message which is not in
 * the batch, is a failure of all ("Implementing partial batch responses").
 */
const doneOf = (
  messages: readonly ReceivedMessage[],
  outcome: InvocationResult,
  reportsFailures: boolean,
): readonly ReceivedMessage[] => {
  if (!outcome.ok) return [];
  if (!reportsFailures) return messages;
  const response = responseSchema.nullable().safeParse(outcome.payload);
  if (!response.success) return [];
  const failed = (response.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  const ids = new Set(messages.map(({ messageId }) => messageId));
  if (!failed.every((id) => ids.has(id))) return [];
  return messages.filter(({ messageId }) => !failed.includes(messageId));
};

export interface EventSource {
  /** Resolves when nothing is under way and there is nothing to receive, until what failed comes again. */
  idle(): Promise<void>;
  /** Receives nothing any more. */
  close(): void;
}

/** What Lambda does with the function's role to receive from a queue ("Configuring an Amazon SQS queue…", permissions). */
export const receivingCalls = (queueArn: string): Call[] =>
  ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map((action) => ({
    action,
    resource: queueArn,
  }));

/** Has a function called with the messages of a queue, as Lambda's event source mapping does. */
export const startEventSource = (
  { queueArn, function: name, batchSize, batchesAtOnce, reportsFailures }: EventSourceDescription,
  queue: LocalQueue,
  invoke: Invoke,
): EventSource => {
  let underWay = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let waiting: (() => void)[] = [];

  const handOver = async (messages: readonly ReceivedMessage[]): Promise<void> => {
    const outcome = await invoke(name, eventOf(messages, queueArn));
    for (const message of doneOf(messages, outcome, reportsFailures)) queue.delete(message);
  };

  const poll = (): void => {
    clearTimeout(timer);
    while (!closed && underWay < batchesAtOnce) {
      const messages = queue.receive(batchSize);
      if (messages.length === 0) break;
      underWay += 1;
      void handOver(messages).finally(() => {
        underWay -= 1;
        poll();
      });
    }
    if (underWay === 0) {
      for (const resolve of waiting.splice(0)) resolve();
    }
    if (closed || underWay === batchesAtOnce) return;
    const next = queue.untilVisible();
    if (next !== undefined) timer = setTimeout(poll, next);
  };
  queue.onArrival(poll);

  return {
    idle: () =>
      new Promise((resolve) => {
        waiting = [...waiting, resolve];
        poll();
      }),
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};
