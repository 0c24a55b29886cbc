import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { conditionHolds } from '../table/condition.ts';
import { deploymentKey, type Kind } from './deployment-state.ts';

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

  /**
   * Records that a service or a route is deployed, now unless it says when. One that an operator withdrew stays withdrawn.
   *
   * @param keeper the resource that writes it, and keeps it from then on; without one, who keeps it stays as it is
   */
  async record(kind: Kind, deployed: Deployed, now: Date, keeper?: string): Promise<void> {
    const entries = Object.entries({ deployed_at: now.toISOString(), ...deployed });
    const values = Object.fromEntries(entries.map(([, value], index) => [`:v${index}`, value]));
    const set = `SET ${entries.map((_, index) => `#n${index} = :v${index}`).join(', ')}`;
    await this.#client.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: deploymentKey(kind, deployed.name),
        UpdateExpression: keeper === undefined ? set : `${set} ADD kept_by :keeper`,
        ExpressionAttributeNames: Object.fromEntries(entries.map(([key], index) => [`#n${index}`, key])),
        ExpressionAttributeValues: {
          ...values,
          ...(keeper !== undefined && { ':keeper': new Set([keeper]) }),
        },
      }),
    );
  }

  /**
   * Has a resource that is gone keep a record no longer. The record goes when no other resource keeps it: one that has come to
   * another resource meanwhile, or whose new resource is taken back again, stays. What nobody keeps, as release 0.2 and operators
   * have written it, goes as well.
   */
  async letGo(kind: Kind, name: string, keeper: string): Promise<void> {
    await this.#update(kind, name, {
      UpdateExpression: 'DELETE kept_by :keepers',
      ConditionExpression: 'contains(kept_by, :keeper)',
      ExpressionAttributeValues: { ':keepers': new Set([keeper]), ':keeper': keeper },
    });
    await conditionHolds(
      this.#client.send(
        new DeleteCommand({
          TableName: this.#table,
          Key: deploymentKey(kind, name),
          ConditionExpression: 'attribute_not_exists(kept_by)',
        }),
      ),
    );
  }

  /** Removes a record, whoever keeps it. */
  async remove(kind: Kind, name: string): Promise<void> {
    await this.#client.send(new DeleteCommand({ TableName: this.#table, Key: deploymentKey(kind, name) }));
  }

  /** Withdraws a service or a route; false when there is no such record. */
  withdraw(kind: Kind, name: string, now: Date): Promise<boolean> {
    return this.#update(kind, name, {
      UpdateExpression: 'SET withdrawn_at = if_not_exists(withdrawn_at, :now)',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':now': now.toISOString() },
    });
  }

  /** Restores a service or a route that was withdrawn; false when there is no such record. */
  restore(kind: Kind, name: string): Promise<boolean> {
    return this.#update(kind, name, {
      UpdateExpression: 'REMOVE withdrawn_at',
      ConditionExpression: 'attribute_exists(pk)',
    });
  }

  /** Updates a record; false when its condition does not hold. */
  #update(kind: Kind, name: string, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>): Promise<boolean> {
    return conditionHolds(
      this.#client.send(
        new UpdateCommand({ TableName: this.#table, Key: deploymentKey(kind, name), ...input }),
      ),
    );
  }
}
