import { randomUUID } from 'node:crypto';
import { type LoopbackReply, type LoopbackRequest, serveLoopback } from './loopback.ts';

/** What was published to a topic. */
export interface Published {
  topicArn: string;
  subject: string | undefined;
  message: string;
}

const xml = (status: number, body: string): LoopbackReply => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body,
});

/** An error of SNS's, which the sender has made. The texts hold nothing that would have to be escaped. */
export const topicRefusal = (code: string, message: string, status = 400): LoopbackReply =>
  xml(
    status,
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code>` +
      `<Message>${message}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );

const MOST_BYTES = 262_144;
/** Text of ASCII in one line, which starts with a letter, a digit or a punctuation mark, under 100 characters. */
const SUBJECT = /^[!-~][ -~]{0,98}$/;

/** What is wrong with a message, by the name of its parameter. */
const faultOf = ({ subject, message }: Published): string | undefined => {
  if (message === '' || Buffer.byteLength(message) > MOST_BYTES) return 'Message';
  return subject === undefined || SUBJECT.test(subject) ? undefined : 'Subject';
};

/**
 * A stand-in for Amazon SNS, as far as functions use it: `Publish` in the AWS query protocol, a form in and XML out
 * (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html). It checks no signature, and has no subscribers.
 *
 * @param topicArns the topics that there are
 * @param onPublish hears of what is published
 */
export const startTopics = async (
  topicArns: readonly string[],
  onPublish: (published: Published) => void,
): Promise<{ endpoint: string; close(): Promise<void> }> => {
  const publish = (form: URLSearchParams): LoopbackReply => {
    const published = {
      topicArn: form.get('TopicArn') ?? '',
      subject: form.get('Subject') ?? undefined,
      message: form.get('Message') ?? '',
    };
    if (!topicArns.includes(published.topicArn)) return topicRefusal('NotFound', 'Topic does not exist', 404);
    const fault = faultOf(published);
    if (fault !== undefined) return topicRefusal('InvalidParameter', `Invalid parameter: ${fault}`);
    onPublish(published);
    return xml(
      200,
      '<PublishResponse xmlns="https://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>' +
        `<MessageId>${randomUUID()}</MessageId></PublishResult><ResponseMetadata>` +
        `<RequestId>${randomUUID()}</RequestId></ResponseMetadata></PublishResponse>`,
    );
  };

  const answer = ({ body }: LoopbackRequest): LoopbackReply => {
    const form = new URLSearchParams(body);
    if (form.get('Action') === 'Publish') return publish(form);
    return topicRefusal('InvalidAction', 'This stand-in does Publish only.');
  };

  const { url, close } = await serveLoopback(answer);
  return { endpoint: url, close };
};
