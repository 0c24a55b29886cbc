import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Caller } from '../accounts/caller.ts';
import type { Route } from '../contract/define-route.ts';
import { renderingOf, type Status } from '../contract/statuses.ts';
import { deadlineOf } from '../table/deadline.ts';
import { isDryRun } from './dry-run.ts';
import type { Exchange, Middleware, PipelineRequest } from './exchange.ts';
import { dynamoDbUse, writeLine } from './write-line.ts';

let isColdStart = true;

/**
 * The metrics of the statuses that raise an alarm. A dimension for each status would make dozens of metrics of each route, and
 * each has its price; how often each status occurs is in the log.
 */
const FAULTS: Partial<Record<Status, string>> = {
  'application-crash': 'ApplicationCrashes',
  'identify-request-error': 'IdentifyRequestErrors',
};

/** Whether a request is refused for what is wrong with it: a 4xx. */
const isRefusal = (status: Status): boolean => Math.floor(renderingOf(status).http / 100) === 4;

/** Who calls, for the log: ids only, and of a client also that by which orders know it. */
const idsOf = (caller: Caller): Record<string, unknown> => {
  const { kind, id } = caller;
  const client_id = kind === 'user' ? caller.held.client_id : null;
  return { kind, id, ...(client_id !== null && { client_id }) };
};

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
  const metrics = new Metrics({ serviceName });

  const open = ({ event, context }: PipelineRequest): void => {
    context.exchange = {
      route,
      requestId: event.requestContext?.requestId ?? context.awsRequestId,
      source: event.requestContext?.http?.sourceIp ?? '',
      now: now(),
      startedAt: performance.now(),
      coldStart: isColdStart,
      functionVersion: context.functionVersion,
      deadline: deadlineOf(() => context.getRemainingTimeInMillis()),
      identified: false,
      missing: undefined,
      tokenFaults: [],
      identity: { kind: 'nobody' },
      use: undefined,
      noting: Promise.resolve(),
      replayed: false,
      emails: { sent: 0, failures: [], milliseconds: 0 },
      signIn: undefined,
      errorCodes: [],
      faults: [],
      table: undefined,
      action: undefined,
      outbox: undefined,
      raw: undefined,
      token: undefined,
      params: undefined,
      status: undefined,
    };
    isColdStart = false;
  };

  const log = (exchange: Exchange, milliseconds: number, context: PipelineRequest['context']): void => {
    const { status = 'application-crash', faults, emails, params, table } = exchange;
    const order_id = params?.sound.order_id;
    const { caller } = exchange.identity;
    const line = {
      request_id: exchange.requestId,
      function_request_id: context.awsRequestId,
      function_version: context.functionVersion,
      route: routeName,
      status,
      http_status: renderingOf(status).http,
      duration_ms: Math.round(milliseconds),
      cold_start: exchange.coldStart,
      ...(table && dynamoDbUse(table)),
      ...(emails.milliseconds > 0 && { mandrill_ms: Math.round(emails.milliseconds) }),
      ...(exchange.replayed && { replayed: true }),
      ...(isDryRun(exchange) && { dry_run: true }),
      ...(caller && { caller: idsOf(caller) }),
      ...(exchange.signIn && { sign_in: exchange.signIn }),
      ...(exchange.errorCodes.length > 0 && { error_codes: exchange.errorCodes }),
      ...(typeof order_id === 'number' && { order_id }),
      ...(emails.failures.length > 0 && { email_failures: emails.failures }),
    };
    writeLine(logger, 'request', line, faults, emails.failures.length > 0);
  };

  /** Writes a metric in a line of its own, which there is only when it happens; by service, and what else is said. */
  const count = (metric: string, dimensions: Record<string, string> = {}): void => {
    const single = metrics.singleMetric();
    for (const [name, value] of Object.entries(dimensions)) single.addDimension(name, value);
    single.addMetric(metric, MetricUnit.Count, 1);
  };

  const measure = (
    { status = 'application-crash', coldStart, emails, missing, signIn }: Exchange,
    milliseconds: number,
    { functionVersion: function_version }: PipelineRequest['context'],
  ): void => {
    // Two sets of dimensions in one line: the service alone, and the service with its route.
    metrics.addDimensions({}).addDimensions({ route: routeName });
    metrics.addMetric('Requests', MetricUnit.Count, 1);
    metrics.addMetric('Latency', MetricUnit.Milliseconds, milliseconds);
    const fault = FAULTS[status];
    if (fault !== undefined) {
      metrics.addMetric(fault, MetricUnit.Count, 1);
      count('Faults', { route: routeName, function_version });
    }
    if (isRefusal(status)) count('Refusals');
    if (missing !== undefined) count('NotFound');
    if (signIn?.outcome === 'failed') metrics.addMetric('SignInsFailed', MetricUnit.Count, 1);
    if (coldStart) metrics.addMetric('ColdStarts', MetricUnit.Count, 1);
    if (emails.sent > 0) metrics.addMetric('EmailsSent', MetricUnit.Count, emails.sent);
    const told = emails.failures.filter(({ untold }) => !untold);
    if (told.length > 0) metrics.addMetric('EmailsFailed', MetricUnit.Count, told.length);
    metrics.publishStoredMetrics();
  };

  const close = ({ context }: PipelineRequest): void => {
    const { exchange } = context;
    exchange.deadline.end();
    const milliseconds = performance.now() - exchange.startedAt;
    log(exchange, milliseconds, context);
    measure(exchange, milliseconds, context);
  };

  return { before: open, after: close, onError: close };
};
