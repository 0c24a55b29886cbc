import * as z from 'zod';
import { type LoopbackReply, type LoopbackRequest, serveLoopback } from './loopback.ts';
import { LocalQueue, md5 } from './queue.ts';
import type { QueueDescription } from './template-events.ts';

const sendMessageBatchSchema = z.object({
  QueueUrl: z.string(),
  Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })),
});

const getQueueAttributesSchema = z.object({
  QueueUrl: z.string(),
  AttributeNames: z.tuple([z.literal('ApproximateNumberOfMessages')]),
});

const reply = (status: number, body: object, headers: Record<string, string> = {}): LoopbackReply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
  body: JSON.stringify(body),
});

/** An error of SQS. `queryCode` is what it was called before there was JSON, which clients still read. */
const refusal = (name: string, message: string, queryCode = name): LoopbackReply =>
  reply(
    400,
    { __type: `com.amazonaws.sqs#${name}`, message },
    { 'x-amzn-query-error': `${queryCode};Sender` },
  );

const MOST_ENTRIES = 10;

/** What is wrong with a batch as a whole. */
const faultOf = (ids: readonly string[]): LoopbackReply | undefined => {
  const of = (name: string, message: string) => refusal(name, message, `AWS.SimpleQueueService.${name}`);
  if (ids.length === 0) return of('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (ids.length > MOST_ENTRIES) {
    return of('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${MOST_ENTRIES}.`);
  }
  if (new Set(ids).size < ids.length) return of('BatchEntryIdsNotDistinct', 'An entry id is repeated.');
  return undefined;
};

export interface LocalQueues {
  endpoint: string;
  /** The queue of an ARN. */
  queue(arn: string): LocalQueue;
  /** Empties all of them. */
  clear(): void;
  close(): Promise<void>;
}

/**
 * A stand-in for Amazon SQS, as far as functions use it: `SendMessageBatch`, and `GetQueueAttributes` for the number of messages
 * that can be received, in AWS JSON 1.0
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html). It checks no
 * signature. What receives from a queue does so without HTTP.
 */
export const startQueues = async (descriptions: readonly QueueDescription[]): Promise<LocalQueues> => {
  const queues = new Map<string, LocalQueue>();
  const queue = (arn: string): LocalQueue => {
    const known = queues.get(arn);
    if (known !== undefined) return known;
    const description = descriptions.find((one) => one.arn === arn);
    if (description === undefined) throw new Error(`There is no queue ${arn}.`);
    const { redrive } = description;
    const made = new LocalQueue(description, redrive && queue(redrive.deadLetterArn));
    queues.set(arn, made);
    return made;
  };

  /** Has something done with the queue of a URL, if there is one. */
  const withQueue = (url: string, act: (queue: LocalQueue) => LoopbackReply): LoopbackReply => {
    const name = url.slice(url.lastIndexOf('/') + 1);
    const description = descriptions.find((one) => one.name === name);
    if (description !== undefined) return act(queue(description.arn));
    const message = 'The specified queue does not exist.';
    return refusal('QueueDoesNotExist', message, 'AWS.SimpleQueueService.NonExistentQueue');
  };

  const sendMessageBatch = (body: string): LoopbackReply => {
    const { QueueUrl, Entries } = sendMessageBatchSchema.parse(JSON.parse(body));
    return withQueue(QueueUrl, (to) => {
      const fault = faultOf(Entries.map(({ Id }) => Id));
      if (fault !== undefined) return fault;
      const Successful = Entries.map(({ Id, MessageBody }) => ({
        Id,
        MessageId: to.send(MessageBody),
        MD5OfMessageBody: md5(MessageBody),
      }));
      return reply(200, { Successful, Failed: [] });
    });
  };

  const getQueueAttributes = (body: string): LoopbackReply => {
    const { QueueUrl } = getQueueAttributesSchema.parse(JSON.parse(body));
    return withQueue(QueueUrl, ({ visible }) =>
      reply(200, { Attributes: { ApproximateNumberOfMessages: String(visible) } }),
    );
  };

  const answer = ({ headers, body }: LoopbackRequest): LoopbackReply => {
    const target = headers['x-amz-target'];
    if (target === 'AmazonSQS.SendMessageBatch') return sendMessageBatch(body);
    if (target === 'AmazonSQS.GetQueueAttributes') return getQueueAttributes(body);
    return refusal(
      'UnsupportedOperation',
      `This stand-in does SendMessageBatch and GetQueueAttributes, not ${target}.`,
    );
  };

  const { url, close } = await serveLoopback(answer);
  const clear = () => {
    for (const each of queues.values()) each.clear();
  };
  return { endpoint: url, queue, clear, close };
};
