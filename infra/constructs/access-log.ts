import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type IAccessLogSettings, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { FilterPattern, type ILogGroup, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accessLogName, metricsNamespace, type Stage } from '../stages.ts';
import { GOES_ON } from './function-alarms.ts';
import { type OnCall, PERIOD } from './on-call.ts';

/** What the gateway answers by itself, by the pattern of its line in the log. A field without a value is a `-`. */
const OWN_ANSWERS = [
  {
    kind: 'gateway-faults',
    metricName: 'GatewayFaults',
    notice:
      'Requests are answered 5xx by the gateway itself, without status and message: a function fails before it can answer.',
    periods: GOES_ON,
    pattern: '{ ($.status = "5*") && (($.integration_error != "-") || ($.integration_status = "-")) }',
  },
  {
    kind: 'gateway-throttles',
    metricName: 'GatewayThrottles',
    notice: 'Requests are answered 429 by the gateway itself: more come than the stage lets through.',
    periods: { of: 1, bad: 1 },
    pattern: '{ ($.status = "429") && ($.integration_status = "-") }',
  },
] as const;

/**
 * The gateway's log: one JSON line per request. No address, user agent, path or query string: they could be personal or hold
 * a token, and the function's own log has what else is needed under the same request id. Its log group is there already.
 */
export class AccessLog extends Construct {
  readonly settings: IAccessLogSettings;
  readonly #group: ILogGroup;
  readonly #stage: Stage;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.#stage = stage;
    this.#group = LogGroup.fromLogGroupName(this, 'Group', accessLogName(stage));
    this.settings = {
      destination: new LogGroupLogDestination(this.#group),
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
    };
  }

  /**
   * Has people told of what the gateway answers by itself, in JSON that is not the API's. Its own count of 5xx would not do:
   * a function answers so too, as when anybody asks for a path that there is not.
   *
   * Source: "Customize HTTP API access logs" in API Gateway's developer guide.
   */
  watch(onCall: OnCall): void {
    for (const { kind, metricName, notice, periods, pattern } of OWN_ANSWERS) {
      const filter = new MetricFilter(this, kind, {
        logGroup: this.#group,
        filterPattern: FilterPattern.literal(pattern),
        metricNamespace: metricsNamespace(this.#stage),
        metricName,
      });
      const metric = filter.metric({ statistic: 'Sum', period: PERIOD });
      onCall.alarm(filter, { kind, notice, metric, threshold: 1, periods });
    }
  }
}
