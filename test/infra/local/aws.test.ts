import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Access } from '../../../infra/local/access.ts';
import { startAws } from '../../../infra/local/aws.ts';
import { authorizationFor } from '../../../infra/local/dynamodb.ts';
import { receivingCalls } from '../../../infra/local/event-source.ts';
import { queueArn, queueUrl, topicArn } from '../../../infra/local/intrinsics.ts';
import { type LocalQueues, startQueues } from '../../../infra/local/queues.ts';
import { type Published, startTopics } from '../../../infra/local/topics.ts';
import { type FreshTable, freshTable } from '../../support/dynamodb.ts';

/** What functions ask of AWS, and what their roles let through. */
let table: FreshTable;
let queues: LocalQueues;
let topics: Awaited<ReturnType<typeof startTopics>>;
let access: Access;
let aws: Awaited<ReturnType<typeof startAws>>;
const published: Published[] = [];
const topic = topicArn('pages');

const onKeys = (...keys: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});
const functionWith = (name: string, statements: object[]) => ({
  logicalId: name,
  name: `plano-${name}`,
  handler: '',
  codePath: '',
  environment: {},
  timeoutSeconds: 1,
  memoryMb: 128,
  logGroup: '',
  role: { managedPolicies: [], statements },
});

beforeAll(async () => {
  table = await freshTable();
  queues = await startQueues([
    { name: 'due', arn: queueArn('due'), visibilityTimeoutSeconds: 30, redrive: undefined },
  ]);
  topics = await startTopics([topic], (message) => published.push(message));
});
afterAll(() => Promise.all([table.remove(), queues.close(), topics.close()]));

beforeEach(async () => {
  const Resource = `arn:aws:dynamodb:us-east-1:000000000000:table/${table.tableName}`;
  const rows = (actions: string[], ...keys: string[]) => ({
    Effect: 'Allow',
    Action: actions.map((action) => `dynamodb:${action}`),
    Resource,
    Condition: onKeys(...keys),
  });
  access = new Access([
    functionWith('keeper', [
      rows(['GetItem', 'BatchGetItem', 'Query'], 'ORDER#*', 'DEPLOYMENT'),
      rows(['PutItem', 'UpdateItem'], 'ORDER#*', 'DEPLOYMENT'),
      rows(['ConditionCheckItem', 'PutItem'], 'ORDER#*', 'CLIENT#*'),
      { Effect: 'Allow', Action: 'dynamodb:Query', Resource: `${Resource}/index/unsent` },
      { Effect: 'Allow', Action: 'sns:Publish', Resource: topic },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn('due') },
    ]),
    functionWith('nobody', []),
  ]);
  const dynamodb = {
    endpoint: table.endpoint,
    authorization: authorizationFor({ endpoint: table.endpoint, accessKeyId: 'local' }),
  };
  aws = await startAws(access, { dynamodb, sns: topics, sqs: queues });
  return () => aws.close();
});

const settings = (accessKeyId: string) => ({
  endpoint: aws.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId, secretAccessKey: 'local' },
  useQueueUrlAsEndpoint: false,
  maxAttempts: 1,
});
const clientOf = (accessKeyId: string) => new DynamoDBClient(settings(accessKeyId));
const denied = { name: 'AccessDeniedException' };
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'ROW' } });
const at = (pk: string) => ({ TableName: table.tableName, Key: key(pk) });

describe('rows', () => {
  it('Rows of an allowed kind are written and read', async () => {
    const client = clientOf('keeper');
    await client.send(new PutItemCommand({ TableName: table.tableName, Item: key('ORDER#1') }));
    expect((await client.send(new GetItemCommand(at('ORDER#1')))).Item).toEqual(key('ORDER#1'));
    expect(access.denials()).toEqual([]);
  });

  it('Rows of another kind, or by another action, are refused in IAM’s words', async () => {
    const client = clientOf('keeper');
    await expect(client.send(new GetItemCommand(at('LOGIN#1')))).rejects.toMatchObject({
      ...denied,
      message: expect.stringMatching(/^User: plano-keeper is not authorized to perform: dynamodb:GetItem on/),
    });
    await expect(client.send(new DeleteItemCommand(at('ORDER#1')))).rejects.toMatchObject(denied);
    await expect(
      client.send(new GetItemCommand({ ...at('ORDER#1'), TableName: 'other' })),
    ).rejects.toMatchObject(denied);
    await expect(client.send(new ScanCommand({ TableName: table.tableName }))).rejects.toMatchObject(denied);
    expect(access.denials()).toHaveLength(4);
    expect(access.denials()[0]).toMatch(/ for LOGIN#1$/);
  });

  it('Rows are refused to a function that may not touch any, and to nobody’s function', async () => {
    for (const who of ['nobody', 'stranger']) {
      await expect(clientOf(who).send(new GetItemCommand(at('ORDER#1')))).rejects.toMatchObject(denied);
    }
  });

  it('Rows are read in a batch only if all of them may be', async () => {
    const batch = (...pks: string[]) =>
      clientOf('keeper').send(
        new BatchGetItemCommand({ RequestItems: { [table.tableName]: { Keys: pks.map(key) } } }),
      );
    expect((await batch('ORDER#2', 'DEPLOYMENT')).Responses).toEqual({ [table.tableName]: [] });
    await expect(batch('ORDER#2', 'TOKEN#2')).rejects.toMatchObject(denied);
  });

  it('Rows are queried by the partition that the condition asks for, whatever its names', async () => {
    const query = (pk: string, more = {}) =>
      clientOf('keeper').send(
        new QueryCommand({
          TableName: table.tableName,
          KeyConditionExpression: '#sort = :sort AND #partition = :partition',
          ExpressionAttributeNames: { '#partition': 'pk', '#sort': 'sk' },
          ExpressionAttributeValues: { ':partition': { S: pk }, ':sort': { S: 'ORDER#1' } },
          ...more,
        }),
      );
    expect(await query('ORDER#3')).toMatchObject({ Count: 0 });
    await expect(query('TOKEN#3')).rejects.toMatchObject(denied);
    const names = { ExpressionAttributeNames: { '#partition': 'unsent', '#sort': 'due_at' } };
    expect(await query('PARKED', { ...names, IndexName: 'unsent' })).toMatchObject({ Count: 0 });
    const other = { ...names, IndexName: 'orders-of-all' };
    await expect(query('ORDERS#1', other)).rejects.toMatchObject(denied);
  });

  it('Rows are written in a transaction only if each write may be, on the rows of all', async () => {
    const TableName = table.tableName;
    const put = { Put: { TableName, Item: key('ORDER#4') } };
    const checked = (pk: string) => ({
      ConditionCheck: { ...at(pk), ConditionExpression: 'attribute_not_exists(pk)' },
    });
    const transact = (...TransactItems: object[]) =>
      clientOf('keeper').send(new TransactWriteItemsCommand({ TransactItems }));
    await expect(transact(put, checked('TOKEN#4'))).rejects.toMatchObject(denied);
    await expect(transact(put, { Delete: at('ORDER#5') })).rejects.toMatchObject(denied);
    await expect(
      transact(put, { Update: { ...at('USER#4'), UpdateExpression: 'SET a = pk' } }),
    ).rejects.toMatchObject(denied);
    const stored = () => clientOf('keeper').send(new GetItemCommand(at('ORDER#4')));
    expect((await stored()).Item).toBeUndefined();
    const update = { Update: { ...at('ORDER#5'), UpdateExpression: 'SET a = pk' } };
    // Each may be by itself, but no statement allows either of them on both rows.
    await expect(transact(update, checked('CLIENT#4'))).rejects.toMatchObject(denied);
    expect((await stored()).Item).toBeUndefined();
    await transact(put, checked('CLIENT#4'));
    expect((await stored()).Item).toBeDefined();
  });
});

describe('other services', () => {
  const page = (accessKeyId: string) =>
    new SNSClient(settings(accessKeyId)).send(new PublishCommand({ TopicArn: topic, Message: 'Wake up.' }));
  const queue = (accessKeyId: string) =>
    new SQSClient(settings(accessKeyId)).send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl('due'), Entries: [{ Id: '1', MessageBody: '{}' }] }),
    );

  it('SNS and SQS do what they are asked by who may ask it', async () => {
    await page('keeper');
    expect(published).toMatchObject([{ message: 'Wake up.' }]);
    expect((await queue('keeper')).Successful).toHaveLength(1);
    expect(queues.queue(queueArn('due')).bodies).toEqual(['{}']);
  });

  it('SNS and SQS deny in their own words what is asked by who may not', async () => {
    await expect(page('nobody')).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    await expect(queue('nobody')).rejects.toMatchObject(denied);
  });
});

it('A right that was used is not among those that were not', async () => {
  const before = access.unused().length;
  await clientOf('keeper').send(
    new UpdateItemCommand({
      ...at('ORDER#6'),
      UpdateExpression: 'SET a = :a',
      ExpressionAttributeValues: { ':a': { S: '' } },
    }),
  );
  await expect(clientOf('keeper').send(new GetItemCommand(at('TOKEN#6')))).rejects.toMatchObject(denied);
  const unused = access.unused();
  expect(unused).toHaveLength(before - 2);
  const part = (given: object) => expect.objectContaining({ function: 'plano-keeper', ...given });
  const actions = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];
  expect(unused).not.toContainEqual(part({ action: 'dynamodb:UpdateItem' }));
  expect(unused).not.toContainEqual(part({ actions, key: 'ORDER#*' }));
  expect(unused).toContainEqual(part({ actions, key: 'DEPLOYMENT' }));
});

it('A service that is away gives no answer', async () => {
  const lonely = await startAws(access, { sns: { endpoint: 'http://127.0.0.1:1' } });
  const client = new SNSClient({ ...settings('keeper'), endpoint: lonely.endpoint });
  const paging = client.send(new PublishCommand({ TopicArn: topic, Message: 'Wake up.' }));
  await expect(paging).rejects.toMatchObject({ code: 'ECONNRESET' });
  await lonely.close();
});

it('What Lambda does in a function’s place is judged by the function’s role as well', () => {
  expect(() => access.demand('plano-keeper', receivingCalls(queueArn('due')))).toThrow('sqs:ReceiveMessage');
});
