import { Stack, type StackProps } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { BASE_PATH, type Route, type Service } from '../functions/contract/define-route.ts';
import { isChecked } from './constructs/check-from-outside.ts';
import { DeploymentRecords } from './constructs/deployment-records.ts';
import { rolloutAlarm, serviceAlarms } from './constructs/function-alarms.ts';
import { OnCall } from './constructs/on-call.ts';
import { publish } from './constructs/published.ts';
import { Rollout } from './constructs/rollout.ts';
import { RouteFunction } from './constructs/route-function.ts';
import { RouteThrottles } from './constructs/route-throttles.ts';
import { StageTable } from './constructs/stage-table.ts';
import { apiIdName, type Stage } from './stages.ts';

const CHECKS_TOKENS =
  "The function checks the caller's token itself, an application's or a session's, before the action: the contract gives " +
  'each way in which it can fail an answer of its own, after checks of what is deployed and how the request is encoded. ' +
  'An authorizer of the gateway would answer first, with a bare 401 or 403.';

export interface ServiceStackProps extends StackProps {
  stage: Stage;
  service: Service;
  /** The service's routes. */
  routes: readonly Route[];
  /** What the deployment records say is deployed. */
  release: string;
  /** Whether a new version is to get through though alarms are on. */
  ignoreAlarms: boolean;
}

/**
 * One service: the functions of its routes with all that belongs to them. What it uses of other stacks it knows by name alone, so
 * that it keeps none of them from changing, and can be deployed alone once they are there.
 */
export class ServiceStack extends Stack {
  protected readonly onCall: OnCall;
  protected readonly table: StageTable;

  constructor(
    scope: Construct,
    id: string,
    { stage, service, routes, release, ignoreAlarms, ...props }: ServiceStackProps,
  ) {
    super(scope, id, props);
    this.onCall = new OnCall(this, 'OnCall', stage);
    const rollout = new Rollout(this, 'Rollout', {
      stage,
      service,
      ignoreAlarms,
      isChecked: routes.some(isChecked),
    });
    this.table = new StageTable(this, stage);
    const api = HttpApi.fromHttpApiAttributes(this, 'Api', {
      httpApiId: StringParameter.valueForStringParameter(this, apiIdName(stage)),
    });

    const records = new DeploymentRecords(this, 'DeploymentRecords', { stage, release });
    records.service(service);
    const published = routes.map((route) => {
      const id = route.path.replaceAll('/', '-');
      const handler = new RouteFunction(this, id, { stage, route, table: this.table });
      publish(api, handler, CHECKS_TOKENS, {
        Route: HttpRouteKey.with(`${BASE_PATH}/${route.path}`, HttpMethod[route.method]),
      });
      return { route, handler };
    });
    // What is sensitive of a body is a password, or a code that is hashed as one.
    const hashing = published.filter(({ route }) => route.sensitive);
    const { passwords: limits } = stage.throttle;
    if (limits !== undefined && hashing.length > 0) {
      new RouteThrottles(this, 'RouteThrottles', { stage, service, api, routes: hashing, limits, release });
    }
    const ofService = serviceAlarms(this.onCall, this, {
      stage,
      service,
      handlers: published.map(({ handler }) => handler),
    });
    for (const { route, handler } of published) {
      const alarms = [...rolloutAlarm(this.onCall, stage, handler, route), ...ofService];
      rollout.shift(handler, alarms, isChecked(route));
      records.route(route, handler);
    }
  }
}
