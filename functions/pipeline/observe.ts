import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { deadlineOf } from '../adapters/deadline.ts';
import { described, NAMESPACE } from '../adapters/telemetry.ts';
import type { Route } from '../contract/define-route.ts';
import { renderingOf } from '../contract/statuses.ts';
import type { Exchange, Middleware, PipelineRequest } from './exchange.ts';

let isColdStart = true;

/**
 * Opens the exchange of a request, and closes it with one JSON line in the log and its metrics (CloudWatch's embedded
 * metric format). It comes first, so that it is the last to see what is answered.
 *
 * @param now the clock
 * @param routeName what the log and the metrics call the route
 */
export const observe = (route: Route | undefined, now: () => Date, routeName: string): Middleware => {
  const serviceName = route?.service ?? 'gateway';
  const logger = new Logger({ serviceName });
  const metrics = new Metrics({ namespace: NAMESPACE, serviceName, defaultDimensions: { route: routeName } });

  const open = ({ event, context }: PipelineRequest): void => {
    context.exchange = {
      route,
      requestId: event.requestContext?.requestId ?? context.awsRequestId,
      source: event.requestContext?.http?.sourceIp ?? '',
      now: now(),
      startedAt: performance.now(),
      coldStart: isColdStart,
      deadline: deadlineOf(() => context.getRemainingTimeInMillis()),
      identified: false,
      tokenFaults: [],
      emails: { sent: 0, failures: [] },
      faults: [],
    };
    isColdStart = false;
  };

  const log = (exchange: Exchange, milliseconds: number, functionRequestId: string): void => {
    const { status = 'application-crash', faults, caller, emails } = exchange;
    const line = {
      request_id: exchange.requestId,
      function_request_id: functionRequestId,
      route: routeName,
      status,
      http_status: renderingOf(status).http,
      duration_ms: Math.round(milliseconds),
      cold_start: exchange.coldStart,
      ...(exchange.replayed && { replayed: true }),
      ...(caller && { caller: { kind: caller.kind, id: caller.id } }),
      ...(emails.failures.length > 0 && { email_failures: emails.failures }),
      ...(faults.length > 0 && { faults: faults.map(described) }),
    };
    if (faults.length > 0) logger.error('request', line);
    else if (emails.failures.length > 0) logger.warn('request', line);
    else logger.info('request', line);
  };

  const measure = (
    { status = 'application-crash', coldStart, emails }: Exchange,
    milliseconds: number,
  ): void => {
    // Two sets: by route, and by route and status.
    metrics.addDimensions({});
    metrics.addDimensions({ status });
    metrics.addMetric('Requests', MetricUnit.Count, 1);
    metrics.addMetric('Latency', MetricUnit.Milliseconds, milliseconds);
    if (coldStart) metrics.addMetric('ColdStarts', MetricUnit.Count, 1);
    if (emails.sent > 0) metrics.addMetric('EmailsSent', MetricUnit.Count, emails.sent);
    if (emails.failures.length > 0) {
      metrics.addMetric('EmailsFailed', MetricUnit.Count, emails.failures.length);
    }
    metrics.publishStoredMetrics();
  };

  const close = ({ context }: PipelineRequest): void => {
    const { exchange } = context;
    const milliseconds = performance.now() - exchange.startedAt;
    log(exchange, milliseconds, context.awsRequestId);
    measure(exchange, milliseconds);
  };

  return { before: open, after: close, onError: close };
};
