import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, expect, inject, test } from 'vitest';
import { localClient } from '../../../infra/local/dynamodb.ts';
import { createTable } from '../../../infra/local/dynamodb-table.ts';

const client = localClient({ endpoint: inject('dynamoDbEndpoint'), accessKeyId: 'local' });

const declared = {
  TableName: 'as-declared',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'due', AttributeType: 'N' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-due',
      KeySchema: [{ AttributeName: 'due', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  DeletionProtectionEnabled: true,
  SSESpecification: { SSEEnabled: true },
  Tags: [{ Key: 'stage', Value: 'dev' }],
};

afterAll(async () => {
  await client.send(new DeleteTableCommand({ TableName: 'as-declared' }));
  client.destroy();
});

test('A table is made as its template declares it, protections apart', async () => {
  await createTable(client, declared);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'as-declared' }));
  expect(Table).toMatchObject({
    KeySchema: declared.KeySchema,
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    GlobalSecondaryIndexes: declared.GlobalSecondaryIndexes,
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
  const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: 'as-declared' }));
  expect(ttl.TimeToLiveDescription).toMatchObject({
    AttributeName: 'expires_at',
    TimeToLiveStatus: 'ENABLED',
  });
});

test('A table of before gets the indexes that it lacks, and keeps what it has', async () => {
  const by = (name: string) => ({
    IndexName: `by-${name}`,
    KeySchema: [
      { AttributeName: name, KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'KEYS_ONLY' },
  });
  const AttributeDefinitions = ['client', 'state'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  }));
  const grown = {
    ...declared,
    AttributeDefinitions: [...declared.AttributeDefinitions, ...AttributeDefinitions],
    GlobalSecondaryIndexes: [...declared.GlobalSecondaryIndexes, by('client'), by('state')],
  };
  const Item = { pk: { S: 'a' }, sk: { S: 'b' }, client: { S: 'c' } };
  await client.send(new PutItemCommand({ TableName: 'as-declared', Item }));
  await createTable(client, grown);
  await createTable(client, grown);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'as-declared' }));
  const names = Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName);
  expect(names?.toSorted()).toEqual(['by-client', 'by-due', 'by-state']);
  const { Items } = await client.send(
    new QueryCommand({
      TableName: 'as-declared',
      IndexName: 'by-client',
      KeyConditionExpression: 'client = :client',
      ExpressionAttributeValues: { ':client': { S: 'c' } },
    }),
  );
  expect(Items).toEqual([Item]);
});

test.for([
  { ...declared, LocalSecondaryIndexes: [] },
  { ...declared, TimeToLiveSpecification: { AttributeName: 'x', Enabled: true, Other: 1 } },
  { ...declared, BillingMode: 'PROVISIONED' },
  { ...declared, TableName: { Ref: 'Unresolved' } },
])('A table with a property that DynamoDB Local does not know is an error', async (properties) => {
  await expect(createTable(client, properties)).rejects.toThrow('The table cannot be made in DynamoDB Local');
});
