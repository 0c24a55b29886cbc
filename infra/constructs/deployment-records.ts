import { CustomResource, Duration } from 'aws-cdk-lib';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import type { Route, Service } from '../../functions/contract/define-route.ts';
import { letGoOfDeployment, recordDeployment } from '../../functions/deployments/grants.ts';
import { access } from '../../functions/table/grants.ts';
import type { Stage } from '../stages.ts';
import { BundledFunction } from './bundled-function.ts';
import type { ServiceLogs } from './service-logs.ts';
import type { StageTable } from './stage-table.ts';
import { useTable } from './table-access.ts';

interface DeploymentRecordsProps {
  stage: Stage;
  logs: ServiceLogs;
  table: StageTable;
  release: string;
}

/**
 * Has the deployment itself write the table's service and route records, each a resource of its own: so each is written after
 * what it speaks of is live, removed with it, and rolled back with the stack. A service or a route may come to another construct
 * or another stack: its record is then kept by the new resource. The function answers CloudFormation on its own.
 */
export class DeploymentRecords extends Construct {
  readonly #writer: BundledFunction;
  readonly #common: Record<string, string>;

  constructor(scope: Construct, id: string, { stage, logs, table, release }: DeploymentRecordsProps) {
    super(scope, id);
    this.#writer = new BundledFunction(this, 'Writer', {
      stage,
      name: 'deployment-records',
      description: 'Writes which services and routes are deployed, when CloudFormation deploys them.',
      logGroup: logs.deployment,
      folder: 'functions/jobs/record-deployment',
      environment: { STAGE: stage.name, TABLE_NAME: table.name },
      access: useTable(table, access(recordDeployment, letGoOfDeployment)),
      withoutDeadLetterQueue:
        'CloudFormation waits for its answer. When none comes, the deployment fails before whoever deploys and is rolled ' +
        'back, so a queue would hold an event that must not be processed any more.',
    });
    // The table is named so that all is put on record again in one that takes the place of another.
    this.#common = { release, table: table.name };
  }

  /** Records a service, once what is `live` is. */
  service(name: Service, live: IDependable[]): void {
    this.#record(name, 'Custom::ServiceRecord', { name, ...this.#common }, live);
  }

  /**
   * Records a route, once what is `live` is, the alias of its function among it, whose traffic has then been shifted.
   * CloudFormation passes `sensitive` as the text `true` or `false`, as it does every value.
   */
  route({ path, method, service, purpose, sensitive }: Route, alias: Alias, live: IDependable[]): void {
    const route = { path, method, service, purpose, sensitive, version: alias.version.version };
    this.#record(path.replaceAll('/', '-'), 'Custom::RouteRecord', { ...route, ...this.#common }, live);
  }

  #record(id: string, resourceType: string, properties: Record<string, unknown>, live: IDependable[]): void {
    const record = new CustomResource(this, id, {
      resourceType,
      serviceToken: this.#writer.alias.functionArn,
      // Beyond Lambda's own two retries of a function that ends without an answer; CloudFormation's default is an hour.
      serviceTimeout: Duration.minutes(5),
      properties,
    });
    record.node.addDependency(this.#writer, ...live);
  }
}
