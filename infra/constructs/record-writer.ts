import type { Construct } from 'constructs';
import { letGoOfDeployment, recordDeployment } from '../../functions/deployments/grants.ts';
import { access } from '../../functions/table/grants.ts';
import type { Stage } from '../stages.ts';
import { BundledFunction } from './bundled-function.ts';
import type { StageTable } from './stage-table.ts';
import { useTable } from './table-access.ts';

/** The name of the function that writes the deployment records, after the stage's. */
export const RECORD_WRITER = 'deployment-records';

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
    super(scope, id, {
      stage,
      name: RECORD_WRITER,
      description: 'Writes which services and routes are deployed, when CloudFormation deploys them.',
      log: 'deployment',
      folder: 'functions/jobs/record-deployment',
      environment: { STAGE: stage.name, TABLE_NAME: table.name },
      access: useTable(table, access(recordDeployment, letGoOfDeployment)),
      withoutDeadLetterQueue: CALLED_BY_CLOUDFORMATION,
    });
  }
}
