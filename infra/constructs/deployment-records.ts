import { CustomResource, Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct, type IDependable } from 'constructs';
import type { Route } from '../../functions/contract/define-route.ts';
import type { Stage } from '../stages.ts';
import { BundledFunction } from './bundled-function.ts';
import { useTable } from './table-access.ts';

interface DeploymentRecordsProps {
  stage: Stage;
  table: ITable;
  release: string;
  routes: readonly Route[];
  /** What has to be live before a record says that a route is deployed. */
  live: IDependable[];
}

/**
 * Has the deployment itself write the table's service and route records: after what is `live`, and rolled back with the
 * stack. The function answers CloudFormation on its own. It finds `sensitive` as the text `true` or `false`, since
 * CloudFormation passes every property of a custom resource as text.
 */
export class DeploymentRecords extends Construct {
  constructor(scope: Construct, id: string, props: DeploymentRecordsProps) {
    super(scope, id);
    const { stage, table, release, routes } = props;
    const writer = new BundledFunction(this, 'Writer', {
      stage,
      name: 'deployment-records',
      description: 'Writes which services and routes are deployed, when CloudFormation deploys them.',
      folder: 'functions/deployment',
      environment: { STAGE: stage.name, TABLE_NAME: table.tableName },
      access: useTable(table, {
        cursorKey: ['UpdateItem'],
        deployments: ['DeleteItem', 'Query', 'UpdateItem'],
      }),
      withoutDeadLetterQueue:
        'CloudFormation waits for its answer. When none comes, the deployment fails before whoever deploys and is rolled ' +
        'back, so a queue would hold an event that must not be processed any more.',
    });
    const records = new CustomResource(this, 'Records', {
      resourceType: 'Custom::DeploymentRecords',
      serviceToken: writer.function.functionArn,
      // Beyond Lambda's own two retries of a function that ends without an answer; CloudFormation's default is an hour.
      serviceTimeout: Duration.minutes(5),
      properties: {
        release,
        services: [...new Set(routes.map(({ service }) => service))],
        routes: routes.map(({ path, method, service, purpose, sensitive }) => ({
          path,
          method,
          service,
          purpose,
          sensitive,
        })),
      },
    });
    records.node.addDependency(writer, ...props.live);
  }
}
