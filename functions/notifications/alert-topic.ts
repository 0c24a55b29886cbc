import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Deadline } from '../table/deadline.ts';
import type { AlertMessage } from './alert-message.ts';

/** As for the queue. The SDK tries three times. */
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_500;

/** A client that lives as long as the function's instance. */
export const connectTopic = (): SNSClient =>
  new SNSClient({
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });

/**
 * Alerts whoever has subscribed to the topic.
 *
 * @throws what SNS answers when it does not take it
 */
export const publishAlert = async (
  client: SNSClient,
  topicArn: string,
  { subject, text }: AlertMessage,
  { signal }: Deadline,
): Promise<void> => {
  await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }), {
    abortSignal: signal,
  });
};
