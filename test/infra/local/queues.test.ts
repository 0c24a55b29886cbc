import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalQueues, startQueues } from '../../../infra/local/queues.ts';

const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000';
const ARN = 'arn:aws:sqs:us-east-1:000000000000:due';
let queues: LocalQueues;
let client: SQSClient;

beforeAll(async () => {
  queues = await startQueues([{ name: 'due', arn: ARN, visibilityTimeoutSeconds: 30, redrive: undefined }]);
  client = new SQSClient({
    endpoint: queues.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  client.destroy();
  await queues.close();
});

const send = (queue: string, ...Entries: { Id: string; MessageBody: string }[]) =>
  client.send(new SendMessageBatchCommand({ QueueUrl: `${URL}/${queue}`, Entries }));

it('The stand-in for SQS takes a batch, whose checksums the client checks', async () => {
  const answer = await send('due', { Id: 'a', MessageBody: 'één' }, { Id: 'b', MessageBody: '{"b":1}' });
  const received = queues.queue(ARN).receive(10);
  expect(received.map(({ body }) => body)).toEqual(['één', '{"b":1}']);
  expect(answer.Successful).toMatchObject([
    { Id: 'a', MessageId: received[0]?.messageId },
    { Id: 'b', MessageId: received[1]?.messageId },
  ]);
});

it.each([
  ['an unknown queue', 'QueueDoesNotExist', 'other', ['a']],
  ['nothing', 'EmptyBatchRequest', 'due', []],
  ['more than ten', 'TooManyEntriesInBatchRequest', 'due', [...'abcdefghijk']],
  ['an id twice', 'BatchEntryIdsNotDistinct', 'due', ['a', 'a']],
])('The stand-in for SQS refuses %s by its name: %s', async (_, name, queue, ids) => {
  const entries = ids.map((Id) => ({ Id, MessageBody: 'x' }));
  await expect(send(queue, ...entries)).rejects.toMatchObject({ name });
  expect(queues.queue(ARN).receive(10)).toEqual([]);
});

it('The stand-in for SQS tells how many messages can be received', async () => {
  const waiting = async (queue: string) => {
    const QueueUrl = `${URL}/${queue}`;
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    return (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))).Attributes;
  };
  const before = Number((await waiting('due'))?.ApproximateNumberOfMessages);
  await send('due', { Id: 'a', MessageBody: 'x' }, { Id: 'b', MessageBody: 'y' });
  expect(await waiting('due')).toEqual({ ApproximateNumberOfMessages: String(before + 2) });
  queues.queue(ARN).receive(100);
  expect(await waiting('due')).toEqual({ ApproximateNumberOfMessages: '0' });
  await expect(waiting('other')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});

it('The stand-in for SQS names an action that it does not do', async () => {
  await expect(client.send(new ListQueuesCommand({}))).rejects.toMatchObject({
    message: expect.stringContaining('AmazonSQS.ListQueues'),
  });
});

it('The stand-in for SQS knows no queue but its own', () => {
  expect(() => queues.queue('arn:other')).toThrow('There is no queue arn:other');
});
