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

/**
 * An empty table of its own for a test file, in the shared DynamoDB Local, with the keys and indexes of the deployed one.
 *
 * @param changed the properties in which it differs
 */
export const freshTable = async (changed: Record<string, unknown> = {}): Promise<FreshTable> => {
  const tableName = `test-${randomUUID()}`;
  const endpoint = inject('dynamoDbEndpoint');
  const client = localClient({ endpoint, accessKeyId: 'local' });
  const [table] = inject('assembly').tables;
  await createTable(client, { ...table, ...changed, TableName: tableName });
  const remove = async () => {
    await client.send(new DeleteTableCommand({ TableName: tableName }));
    client.destroy();
  };
  return { tableName, endpoint, client, remove };
};
