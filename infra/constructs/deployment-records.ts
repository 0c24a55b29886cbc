import { ArnFormat, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';
import type { Route, Service } from '../../functions/contract/define-route.ts';
import { LIVE, resourceName, type Stage, tableName } from '../stages.ts';
import type { BundledFunction } from './bundled-function.ts';
import { RECORD_WRITER } from './record-writer.ts';

interface DeploymentRecordsProps {
  stage: Stage;
  release: string;
}

/**
 * Has the deployment itself write the table's service and route records, each a resource of its own: so each is written after
 * what it speaks of is live, removed with it, and rolled back with the stack. A service or a route may come to another construct
 * or another stack: its record is then kept by the new resource. The function that writes them is there before, by its name.
 */
export class DeploymentRecords extends Construct {
  readonly #serviceToken: string;
  readonly #common: Record<string, string>;

  constructor(scope: Construct, id: string, { stage, release }: DeploymentRecordsProps) {
    super(scope, id);
    this.#serviceToken = Stack.of(this).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: `${resourceName(stage, RECORD_WRITER)}:${LIVE}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    // The table is named so that all is put on record again in one that takes the place of another.
    this.#common = { release, table: tableName(stage) };
  }

  /** Records a service. */
  service(name: Service): void {
    this.#record(name, 'Custom::ServiceRecord', { name, ...this.#common });
  }

  /**
   * Records a route, once its function is live with all that belongs to it, and traffic has been shifted to it. CloudFormation
   * passes `sensitive` as the text `true` or `false`, as it does every value.
   */
  route({ path, method, service, purpose, sensitive }: Route, handler: BundledFunction): void {
    const route = { path, method, service, purpose, sensitive, version: handler.alias.version.version };
    const id = path.replaceAll('/', '-');
    this.#record(id, 'Custom::RouteRecord', { ...route, ...this.#common }, handler);
  }

  #record(
    id: string,
    resourceType: string,
    properties: Record<string, unknown>,
    ...live: IDependable[]
  ): void {
    const record = new CustomResource(this, id, {
      resourceType,
      serviceToken: this.#serviceToken,
      // Beyond Lambda's own two retries of a function that ends without an answer; CloudFormation's default is an hour.
      serviceTimeout: Duration.minutes(5),
      properties,
    });
    record.node.addDependency(...live);
  }
}
