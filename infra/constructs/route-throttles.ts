import { CustomResource, Duration, Stack, Validations } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { type Route, routeKey } from '../../functions/contract/define-route.ts';
import type { Stage } from '../stages.ts';
import { allow, BundledFunction, shown } from './bundled-function.ts';
import { CALLED_BY_CLOUDFORMATION } from './record-writer.ts';

const ANY_ROUTE =
  'AWS does not say how a route’s key, which has a blank and slashes, is written in the ARN of its settings. All of them are of the ' +
  'one stage of this API.';

interface RouteThrottlesProps {
  stage: Stage;
  service: string;
  api: Pick<IHttpApi, 'apiId'>;
  routes: readonly { route: Route; handler: BundledFunction }[];
  /** So many requests of each route a second, and so many at once. */
  limits: { rate: number; burst: number };
  release: string;
}

/**
 * Gives routes limits of their own. The stage of the API stands in the gateway's stack and is made before there are any routes, so
 * that a function sets them. It is of this stack: what removes the limits has to be there until they are removed. CloudFormation
 * knows nothing of them, and a change of the stage should leave them as they are; each release sets them anew.
 */
export class RouteThrottles extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stage, service, api, routes, limits, release }: RouteThrottlesProps,
  ) {
    super(scope, id);
    const arn = Stack.of(this).formatArn({
      service: 'apigateway',
      account: '',
      resource: '/apis',
      resourceName: `${api.apiId}/stages/$default`,
    });
    const setter = new BundledFunction(this, 'Setter', {
      stage,
      name: `${service}-route-throttles`,
      description: `Sets the limits of routes of ${service}, when CloudFormation deploys them.`,
      log: 'deployment',
      folder: 'functions/jobs/throttle-routes',
      environment: {},
      access: [allow(['apigateway:PATCH'], arn), allow(['apigateway:DELETE'], `${arn}/routesettings/*`)],
      withoutDeadLetterQueue: CALLED_BY_CLOUDFORMATION,
    });
    const { partition, region } = Stack.of(this);
    const shownArn = `arn:${shown(partition, 'Partition')}:apigateway:${shown(region, 'Region')}::/apis`;
    const { Ref: apiId } = Stack.of(this).resolve(api.apiId);
    Validations.of(setter).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${shownArn}/<${apiId}>/stages/$default/routesettings/*]`,
      reason: ANY_ROUTE,
    });
    const throttles = new CustomResource(this, 'Limits', {
      resourceType: 'Custom::RouteThrottles',
      serviceToken: setter.alias.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: {
        apiId: api.apiId,
        routeKeys: routes.map(({ route }) => routeKey(route)),
        ...limits,
        release,
      },
    });
    throttles.node.addDependency(...routes.map(({ handler }) => handler.node.findChild('Route')));
  }
}
