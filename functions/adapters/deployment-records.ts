import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { partitions } from '../contract/table-partitions.ts';
import {
  type Deployments,
  deploymentKey,
  deploymentsOf,
  type Kind,
  type RouteRecord,
} from './deployment-state.ts';
import { isConditionFailed } from './table.ts';

/** What one deployment consists of. */
export interface Deployment {
  release: string;
  services: readonly string[];
  routes: readonly Omit<RouteRecord, 'name' | 'release' | 'deployed_at' | 'withdrawn_at'>[];
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

  /** Records what is deployed now, and removes the records of what is gone. What an operator withdrew stays withdrawn. */
  async record({ release, services, routes }: Deployment, now: Date): Promise<void> {
    const deployed = { release, deployed_at: now.toISOString() };
    await allDone([
      ...services.map((name) => this.#set('service', name, deployed)),
      ...routes.map((route) => this.#set('route', route.path, { ...route, ...deployed })),
    ]);
    const known = await this.list();
    const paths = routes.map(({ path }) => path);
    await allDone([
      ...known.services
        .filter(({ name }) => !services.includes(name))
        .map(({ name }) => this.#remove('service', name)),
      ...known.routes
        .filter(({ name }) => !paths.includes(name))
        .map(({ name }) => this.#remove('route', name)),
    ]);
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

  async #set(kind: Kind, name: string, values: Record<string, unknown>): Promise<void> {
    const entries = Object.entries({ name, ...values });
    await this.#client.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: deploymentKey(kind, name),
        UpdateExpression: `SET ${entries.map((_, index) => `#n${index} = :v${index}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(entries.map(([key], index) => [`#n${index}`, key])),
        ExpressionAttributeValues: Object.fromEntries(
          entries.map(([, value], index) => [`:v${index}`, value]),
        ),
      }),
    );
  }

  async #remove(kind: Kind, name: string): Promise<void> {
    await this.#client.send(new DeleteCommand({ TableName: this.#table, Key: deploymentKey(kind, name) }));
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

/**
 * Waits for all writes, also when one fails: one that is still under way when the function has answered would be done in
 * the function's next run, which may be the rollback.
 */
const allDone = async (writes: Promise<void>[]): Promise<void> => {
  await Promise.allSettled(writes);
  await Promise.all(writes);
};
