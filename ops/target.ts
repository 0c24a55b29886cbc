import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { connect, Table } from '../functions/adapters/table.ts';
import { localClient } from '../infra/local/dynamodb.ts';
import { LOCAL_FOLDER, readRunningStack } from '../infra/local/running-stack.ts';
import { type Stage, stageNamed, tableName } from '../infra/stages.ts';

/** What commands act on: the table, and on AWS the stage that it is of, or on this machine where its stack takes orders. */
export interface Target {
  documents: DynamoDBDocumentClient;
  tableName: string;
  stage?: Stage;
  control?: string;
}

/** What makes a command end with a message for whoever typed it. */
export class OpsError extends Error {}

/** The SDK's default. */
const ATTEMPTS = 3;

/**
 * A stage on AWS, or without a stage the stack on this machine.
 *
 * @throws {OpsError} if no stack runs on this machine
 */
export const targetOf = (stage: string | undefined): Target => {
  if (stage !== undefined) {
    const settings = stageNamed(stage);
    return {
      documents: connect(ATTEMPTS, settings.region),
      tableName: tableName(settings),
      stage: settings,
    };
  }
  const running = readRunningStack(LOCAL_FOLDER);
  if (running === undefined) {
    throw new OpsError(
      'No stack runs on this machine. Start it with npm start, or name a stage: --stage dev',
    );
  }
  const documents = DynamoDBDocumentClient.from(localClient(running.database));
  return { documents, tableName: running.tableName, control: running.control };
};

/** The table, for a command that takes the time it takes. */
export const tableOf = ({ documents, tableName }: Target): Table =>
  new Table(documents, tableName, {
    signal: new AbortController().signal,
    remaining: () => Number.POSITIVE_INFINITY,
  });
