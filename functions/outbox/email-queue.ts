import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import type { Deadline } from '../table/deadline.ts';

/** The most messages that SQS takes in one request. */
export const QUEUE_BATCH = 10;

/** An answer of SQS's rarely takes so long: what takes longer will not come. The SDK tries three times. */
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_500;

/** What a message holds: whatever else there is to know is in the table, as it is when the message is read. */
const bodySchema = z.object({ email_id: id });

/**
 * The e-mail that a message is about.
 *
 * @throws if it is no message of ours
 */
export const emailIdOf = (body: string): number => bodySchema.parse(JSON.parse(body)).email_id;

/** A client that lives as long as the function's instance. */
export const connectQueue = (): SQSClient =>
  new SQSClient({
    // The queue is in the function's region, where the environment says that SQS is; else its URL would say it.
    useQueueUrlAsEndpoint: false,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });

/**
 * Puts e-mails into the queue, ten at most.
 *
 * @returns how many the queue took: it can refuse some of a batch
 * @throws what SQS answers when it takes none at all
 */
export const queueEmails = async (
  client: SQSClient,
  url: string,
  email_ids: readonly number[],
  { signal }: Deadline,
): Promise<number> => {
  const Entries = email_ids.map((email_id) => ({
    Id: String(email_id),
    MessageBody: JSON.stringify({ email_id } satisfies z.infer<typeof bodySchema>),
  }));
  const { Successful = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }), {
    abortSignal: signal,
  });
  return Successful.length;
};

/**
 * How many messages wait to be received, about: SQS counts them with some delay. Those that somebody is dealing with are not
 * among them.
 */
export const messagesWaiting = async (
  client: SQSClient,
  url: string,
  { signal }: Deadline,
): Promise<number> => {
  const command = new GetQueueAttributesCommand({
    QueueUrl: url,
    AttributeNames: ['ApproximateNumberOfMessages'],
  });
  const { Attributes } = await client.send(command, { abortSignal: signal });
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
};
