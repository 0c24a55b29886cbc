import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { localClient } from '../../infra/local/dynamodb.ts';
import { createTable } from '../../infra/local/dynamodb-table.ts';

export interface FreshTable {
  tableName: string;
  endpoint: string;
  client: DynamoDBClient;
  /** Deletes the table and closes the client. */
  remove(): Promise<void>;
}

/** An empty table of its own for a test file, in the shared DynamoDB Local, with the string keys `pk` and `sk`. */
export const freshTable = async (): Promise<FreshTable> => {
  const tableName = `test-${randomUUID()}`;
  const endpoint = inject('dynamoDbEndpoint');
  const client = localClient(endpoint);
  await createTable(client, {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
  });
  const remove = async () => {
    await client.send(new DeleteTableCommand({ TableName: tableName }));
    client.destroy();
  };
  return { tableName, endpoint, client, remove };
};
