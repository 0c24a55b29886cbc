import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import type { SSMClientConfig } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Table } from '../functions/table/table.ts';
import { localCredentials } from '../infra/local/dynamodb.ts';
import { LOCAL_FOLDER, type RunningStack, readRunningStack } from '../infra/local/running-stack.ts';
import { MANDRILL_URL, type Stage, stageNamed, tableName } from '../infra/stages.ts';

/** What commands act on. */
export interface Target {
  documents: DynamoDBDocumentClient;
  tableName: string;
  /** How SSM is reached. */
  ssm: SSMClientConfig;
  /** How Lambda is reached. */
  lambda: LambdaClientConfig;
  /** How many milliseconds pass at least between two requests to it. */
  lambdaPauseMs: number;
  /** Where Mandrill's API is. */
  mandrillUrl: string;
  /** On AWS, the stage. */
  stage?: Stage;
  /** On this machine, where the stack answers and takes orders. */
  running?: Pick<RunningStack, 'url' | 'control'>;
}

/** The stage whose settings and names hold: the stack on this machine is dev's. */
export const stageOf = ({ stage }: Target): Stage => stage ?? stageNamed('dev');

/**
 * How often a request is sent, and for how many milliseconds an answer is waited for each time, so that nothing waits for ever:
 * 3 times 2.5 s, and where a table is asked for rows, which tries again by itself, 22 s in all.
 */
export const PATIENCE = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_500, requestTimeout: 2_500, throwOnRequestTimeout: true },
};

/**
 * Lambda takes 15 requests a second from an account in a region that are no calls of functions ("Lambda quotas", control plane):
 * ten of these leave some for others.
 */
const LAMBDA_PAUSE_MS = 100;

const inRegion = ({ region }: Stage) => (region === undefined ? {} : { region });

/** With what clients of AWS are made: patience, and the stage's region, or without one that of the environment. */
export const clientConfigOf = (target: Target): typeof PATIENCE & { region?: string } => ({
  ...PATIENCE,
  ...inRegion(stageOf(target)),
});

const documentsOf = (config: DynamoDBClientConfig): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(config), {
    marshallOptions: { removeUndefinedValues: true },
  });

/** A command of AWS's own command line, in the stage's region. */
export const awsCommand = (target: Target, words: string): string => {
  const { region } = stageOf(target);
  return `aws ${region === undefined ? '' : `--region ${region} `}${words}`;
};

/** Where commands act: on a stage, or without one on this machine. */
export type Place = Pick<Target, 'stage'>;

/** A command of these, as it is typed for the same stage. */
export const opsCommand = ({ stage }: Place, words: string): string =>
  `npm run ops -- ${words}${stage === undefined ? '' : ` --stage ${stage.name}`}`;

/** What makes a command end with a message for whoever typed it. */
export class OpsError extends Error {
  /** The words of the command that tells more, for a message that goes on with it and so has no full stop. */
  readonly see: string | undefined;

  constructor(message: string, see?: string) {
    super(message);
    this.see = see;
  }
}

/**
 * A stage on AWS, or without a stage the stack that runs on this machine from a folder.
 *
 * @param options.patience how long the table and SSM are waited for
 * @throws {OpsError} if no stack runs on this machine
 */
export const targetOf = (
  stage: string | undefined,
  { folder = LOCAL_FOLDER, patience = PATIENCE }: { folder?: string; patience?: typeof PATIENCE } = {},
): Target => {
  if (stage !== undefined) {
    const settings = stageNamed(stage);
    return {
      documents: documentsOf({ ...patience, ...inRegion(settings) }),
      tableName: tableName(settings),
      ssm: { ...patience, ...inRegion(settings) },
      lambda: { ...patience, ...inRegion(settings) },
      lambdaPauseMs: LAMBDA_PAUSE_MS,
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
  const { endpoint, accessKeyId } = running.database;
  return {
    documents: documentsOf({ ...patience, ...localCredentials(accessKeyId), endpoint }),
    tableName: running.tableName,
    ssm: { ...patience, ...localCredentials(), endpoint: running.parametersEndpoint },
    lambda: { ...patience, ...localCredentials(), endpoint: running.lambdaEndpoint },
    lambdaPauseMs: 0,
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
