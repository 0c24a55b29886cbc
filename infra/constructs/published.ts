import { Validations } from 'aws-cdk-lib';
import { HttpRoute, type HttpRouteKey, type HttpRouteProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { BundledFunction } from './bundled-function.ts';

/**
 * Has the gateway pass requests of those keys, each by its construct's id, to the function; `withoutAuthorizer` tells auditors
 * why it lets all in.
 */
export const publish = (
  httpApi: HttpRouteProps['httpApi'],
  handler: BundledFunction,
  withoutAuthorizer: string,
  keys: Record<string, HttpRouteKey>,
): void => {
  const integration = new HttpLambdaIntegration('Integration', handler.alias);
  for (const [id, routeKey] of Object.entries(keys)) {
    const route = new HttpRoute(handler, id, { httpApi, routeKey, integration });
    Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: withoutAuthorizer });
  }
};
