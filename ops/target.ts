import type { SSMClientConfig } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { connect, Table } from '../functions/adapters/table.ts';
import { localClient, localCredentials } from '../infra/local/dynamodb.ts';
import { LOCAL_FOLDER, type RunningStack, readRunningStack } from '../infra/local/running-stack.ts';
import { MANDRILL_URL, type Stage, stageNamed, tableName } from '../infra/stages.ts';

/** What commands act on. */
export interface Target {
  documents: DynamoDBDocumentClient;
  tableName: string;
  /** How SSM is reached. */
  ssm: SSMClientConfig;
  /** Where Mandrill's API is. */
  mandrillUrl: string;
  /** On AWS, the stage. */
  stage?: Stage;
  /** On this machine, where the stack answers and takes orders. */
  running?: Pick<RunningStack, 'url' | 'control'>;
}

/** The stage whose settings and names hold: the stack on this machine is dev's. */
export const stageOf = ({ stage }: Target): Stage => stage ?? stageNamed('dev');

const inRegion = ({ region }: Stage): { region?: string } => (region === undefined ? {} : { region });

/** With what clients of AWS are made: the stage's region, or without one that of the environment. */
export const regionOf = (target: Target): { region?: string } => inRegion(stageOf(target));

/** A command of AWS's own command line, in the stage's region. */
export const awsCommand = (target: Target, words: string): string => {
  const { region } = stageOf(target);
  return `aws ${region === undefined ? '' : `--region ${region} `}${words}`;
};

/** What makes a command end with a message for whoever typed it. */
export class OpsError extends Error {}

/** The SDK's default. */
const ATTEMPTS = 3;

/**
 * A stage on AWS, or without a stage the stack that runs on this machine from a folder.
 *
 * @throws {OpsError} if no stack runs on this machine
 */
export const targetOf = (stage: string | undefined, folder = LOCAL_FOLDER): Target => {
  if (stage !== undefined) {
    const settings = stageNamed(stage);
    return {
      documents: connect(ATTEMPTS, settings.region),
      tableName: tableName(settings),
      ssm: inRegion(settings),
      mandrillUrl: MANDRILL_URL,
      stage: settings,
    };
  }
  const running = readRunningStack(folder);
  if (running === undefined) {
    throw new OpsError(
      'No stack runs on this machine. Start it with npm start, or name a stage: --stage dev',
    );
  }
  const documents = DynamoDBDocumentClient.from(localClient(running.database));
  return {
    documents,
    tableName: running.tableName,
    ssm: { ...localCredentials(), endpoint: running.parametersEndpoint },
    mandrillUrl: running.mandrillUrl,
    running,
  };
};

/** The table, for a command that takes the time it takes. */
export const tableOf = ({ documents, tableName }: Pick<Target, 'documents' | 'tableName'>): Table =>
  new Table(documents, tableName, {
    signal: new AbortController().signal,
    remaining: () => Number.POSITIVE_INFINITY,
  });
