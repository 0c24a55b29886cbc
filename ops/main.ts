import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Command, Option } from 'commander';
import { DeploymentRecords } from '../functions/adapters/deployment-records.ts';
import { connect } from '../functions/adapters/table.ts';
import { localClient } from '../infra/local/dynamodb.ts';
import { LOCAL_FOLDER, readRunningStack } from '../infra/local/running-stack.ts';
import { STAGE_NAMES, stageNamed, tableName } from '../infra/stages.ts';
import { deploymentCommands } from './deployment.ts';

/** The SDK's default. */
const ATTEMPTS = 3;

const program = new Command('ops')
  .description('Looks after a running stage: the stack on this machine, or with --stage one on AWS.')
  .addOption(
    new Option('--stage <name>', 'a stage on AWS, reached with the credentials of the environment').choices(
      STAGE_NAMES,
    ),
  )
  .showHelpAfterError();

/** The deployment records of the stage that the command line names, or of the stack on this machine. */
const records = (): DeploymentRecords => {
  const { stage } = program.opts<{ stage?: string }>();
  if (stage !== undefined) return new DeploymentRecords(connect(ATTEMPTS), tableName(stageNamed(stage)));
  const running = readRunningStack(LOCAL_FOLDER);
  if (running === undefined) {
    return program.error(
      'No stack runs on this machine. Start it with npm start, or name a stage: --stage dev',
    );
  }
  const client = DynamoDBDocumentClient.from(localClient(running.dynamoDbEndpoint));
  return new DeploymentRecords(client, running.tableName);
};

for (const command of deploymentCommands(records)) program.addCommand(command);

await program.parseAsync();
