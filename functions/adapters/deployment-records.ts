import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { partitions } from '../contract/table-partitions.ts';
import { type Deployments, deploymentKey, deploymentsOf, type Kind } from './deployment-state.ts';
import { isConditionFailed } from './table.ts';

/** What a deployment says of a service or a route: its name and release, and what else is to be on record. */
export interface Deployed {
  name: string;
  release: string;
  [more: string]: unknown;
}

/** The deployment records, for those who write them: deployments and operators. Errors are DynamoDB's own. */
export class DeploymentRecords {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#table = tableName;
  }

  /** All service records and route records, by name. */
  async list(): Promise<Deployments> {
    // A record is 200 bytes, so that all of them fit one page of 1 MB many times over.
    const { Items = [] } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partitions.deployments },
        ConsistentRead: true,
      }),
    );
    return deploymentsOf(Items);
  }

  /** Records that a service or a route is deployed now. One that an operator withdrew stays withdrawn. */
  async record(kind: Kind, deployed: Deployed, now: Date): Promise<void> {
    const entries = Object.entries({ ...deployed, deployed_at: now.toISOString() });
    await this.#client.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: deploymentKey(kind, deployed.name),
        UpdateExpression: `SET ${entries.map((_, index) => `#n${index} = :v${index}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(entries.map(([key], index) => [`#n${index}`, key])),
        ExpressionAttributeValues: Object.fromEntries(
          entries.map(([, value], index) => [`:v${index}`, value]),
        ),
      }),
    );
  }

  /** Removes the record of a service or a route that is gone, if there is one. */
  async remove(kind: Kind, name: string): Promise<void> {
    await this.#client.send(new DeleteCommand({ TableName: this.#table, Key: deploymentKey(kind, name) }));
  }

  /** Withdraws a service or a route; false when there is no such record. */
  withdraw(kind: Kind, name: string, now: Date): Promise<boolean> {
    return this.#change(kind, name, 'SET withdrawn_at = if_not_exists(withdrawn_at, :now)', {
      ':now': now.toISOString(),
    });
  }

  /** Restores a service or a route that was withdrawn; false when there is no such record. */
  restore(kind: Kind, name: string): Promise<boolean> {
    return this.#change(kind, name, 'REMOVE withdrawn_at');
  }

  async #change(
    kind: Kind,
    name: string,
    expression: string,
    values?: Record<string, unknown>,
  ): Promise<boolean> {
    try {
      await this.#client.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: deploymentKey(kind, name),
          UpdateExpression: expression,
          ConditionExpression: 'attribute_exists(pk)',
          ...(values && { ExpressionAttributeValues: values }),
        }),
      );
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw error;
    }
  }
}
