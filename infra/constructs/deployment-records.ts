import { HttpRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { Route, Service } from '../../functions/contract/define-route.ts';
import type { Stage } from '../stages.ts';
import type { BundledFunction } from './bundled-function.ts';
import { DeploymentRecord } from './deployment-record.ts';

interface DeploymentRecordsProps {
  stage: Stage;
  release: string;
}

/**
 * The service and route records of a stack, each a resource of its own. A service or a route may come to another construct
 * or another stack: its record is then kept by the new resource.
 */
export class DeploymentRecords extends Construct {
  readonly #common: DeploymentRecordsProps;

  constructor(scope: Construct, id: string, common: DeploymentRecordsProps) {
    super(scope, id);
    this.#common = common;
  }

  /** Records a service. */
  service(name: Service): void {
    new DeploymentRecord(this, name, {
      ...this.#common,
      type: 'Custom::ServiceRecord',
      properties: { name },
    });
  }

  /**
   * Records a route, once its function is live with all that belongs to it, and traffic has been shifted to it. CloudFormation
   * passes `sensitive` as the text `true` or `false`, as it does every value.
   */
  route({ path, method, service, purpose, sensitive }: Route, handler: BundledFunction): void {
    const record = new DeploymentRecord(this, path.replaceAll('/', '-'), {
      ...this.#common,
      type: 'Custom::RouteRecord',
      properties: { path, method, service, purpose, sensitive, version: handler.alias.version.version },
    });
    const published = handler.node.findAll().filter((each) => each instanceof HttpRoute);
    record.node.addDependency(handler.alias, ...published);
  }
}
