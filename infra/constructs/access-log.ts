import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type IAccessLogSettings, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { resourceName, type Stage } from '../stages.ts';

/**
 * The gateway's log: one JSON line per request. No address, user agent, path or query string: they could be personal or hold
 * a token, and the function's own log has what else is needed under the same request id.
 */
export const accessLog = (scope: Construct, stage: Stage): IAccessLogSettings => ({
  destination: new LogGroupLogDestination(
    new LogGroup(scope, 'AccessLog', {
      // Under this prefix many log groups share one resource policy, which has a limit of size.
      logGroupName: `/aws/vendedlogs/${resourceName(stage, 'access')}`,
      retention: stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  ),
  format: AccessLogFormat.custom(
    JSON.stringify({
      time: '$context.requestTimeEpoch',
      request_id: '$context.requestId',
      lambda_request_id: '$context.integration.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      integration_status: '$context.integration.status',
      latency_ms: '$context.responseLatency',
      integration_latency_ms: '$context.integration.latency',
      response_bytes: '$context.responseLength',
      gateway_error: '$context.error.responseType',
      integration_error: '$context.integration.error',
    }),
  ),
});
