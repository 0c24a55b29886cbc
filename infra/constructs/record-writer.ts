import { ArnFormat, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  letGoOfDeployment,
  letGoOfReleases,
  recordDeployment,
  recordRelease,
} from '../../functions/deployments/grants.ts';
import { access } from '../../functions/table/grants.ts';
import { resourceName, type Stage } from '../stages.ts';
import { allow, BundledFunction, wildcard } from './bundled-function.ts';
import type { StageTable } from './stage-table.ts';
import { useTable } from './table-access.ts';

/** The name of the function that writes the deployment records, after the stage's. */
export const RECORD_WRITER = 'deployment-records';

const OLD_VERSIONS =
  'A function version that no kept release is made of is deleted. Which those are is known when they are, and the resource is ' +
  'one that only versions have: it allows to delete no function.';
/** Why a function that CloudFormation calls needs no dead letter queue. */
export const CALLED_BY_CLOUDFORMATION =
  'CloudFormation waits for its answer. When none comes, the deployment fails before whoever deploys and is rolled ' +
  'back, so a queue would hold an event that must not be processed any more.';

interface RecordWriterProps {
  stage: Stage;
  table: StageTable;
}

/** The function that CloudFormation calls for each deployment record of any stack. It answers CloudFormation on its own. */
export class RecordWriter extends BundledFunction {
  constructor(scope: Construct, id: string, { stage, table }: RecordWriterProps) {
    const versions = `function:${resourceName(stage, '*')}:*`;
    super(scope, id, {
      stage,
      name: RECORD_WRITER,
      description: 'Writes which services and routes are deployed, when CloudFormation deploys them.',
      log: 'deployment',
      folder: 'functions/jobs/record-deployment',
      environment: { STAGE: stage.name, TABLE_NAME: table.name },
      access: [
        ...useTable(table, access(recordDeployment, letGoOfDeployment, recordRelease, letGoOfReleases)),
        allow(
          ['lambda:DeleteFunction'],
          Stack.of(scope).formatArn({
            service: 'lambda',
            resource: versions,
            arnFormat: ArnFormat.NO_RESOURCE_NAME,
          }),
        ),
      ],
      withoutDeadLetterQueue: CALLED_BY_CLOUDFORMATION,
    });
    Validations.of(this).acknowledge({ id: wildcard(this, 'lambda', versions), reason: OLD_VERSIONS });
    // Nobody goes back to a former version of it, so that none is kept.
    this.alias.version.applyRemovalPolicy(RemovalPolicy.DESTROY);
  }
}
