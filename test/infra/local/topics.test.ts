import { PublishCommand, type PublishCommandInput, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Published, startTopics } from '../../../infra/local/topics.ts';

const ARN = 'arn:aws:sns:us-east-1:000000000000:pages';
const published: Published[] = [];
let topics: Awaited<ReturnType<typeof startTopics>>;
let client: SNSClient;

beforeAll(async () => {
  topics = await startTopics([ARN], (each) => published.push(each));
  client = new SNSClient({
    endpoint: topics.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  client.destroy();
  await topics.close();
});
beforeEach(() => {
  published.length = 0;
});

const publish = (input: Partial<PublishCommandInput>) =>
  client.send(new PublishCommand({ TopicArn: ARN, Message: 'News.', ...input }));

it('The stand-in for SNS takes what is published, and gives its id', async () => {
  const { MessageId } = await publish({ Subject: 'One & two', Message: 'één\n<b> + 100 %' });
  expect(MessageId).toMatch(/^[\da-f-]{36}$/);
  await publish({});
  expect(published).toEqual([
    { topicArn: ARN, subject: 'One & two', message: 'één\n<b> + 100 %' },
    { topicArn: ARN, subject: undefined, message: 'News.' },
  ]);
});

it.each<[string, string, Partial<PublishCommandInput>]>([
  ['an unknown topic', 'NotFoundException', { TopicArn: `${ARN}-other` }],
  ['no message', 'InvalidParameterException', { Message: '' }],
  ['a message over 256 KiB', 'InvalidParameterException', { Message: 'é'.repeat(131_073) }],
  ['a subject of two lines', 'InvalidParameterException', { Subject: 'One\ntwo' }],
  ['a subject that is not ASCII', 'InvalidParameterException', { Subject: 'één' }],
  ['a subject of 100 characters', 'InvalidParameterException', { Subject: 'x'.repeat(100) }],
  ['a subject that starts with a space', 'InvalidParameterException', { Subject: ' x' }],
])('The stand-in for SNS refuses %s: %s', async (_, name, input) => {
  await expect(publish(input)).rejects.toMatchObject({ name });
  expect(published).toEqual([]);
});

it('The stand-in for SNS does nothing but publish', async () => {
  await expect(client.send(new SubscribeCommand({ TopicArn: ARN, Protocol: 'email' }))).rejects.toMatchObject(
    {
      name: 'InvalidAction',
    },
  );
});
