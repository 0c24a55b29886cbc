import type { Caller } from '../accounts/caller.ts';
import type { Route } from '../contract/define-route.ts';
import { renderingOf, type Status } from '../contract/statuses.ts';
import { deadlineOf } from '../table/deadline.ts';
import { isDryRun } from './dry-run.ts';
import type { Exchange, Middleware, PipelineRequest } from './exchange.ts';
import { dynamoDbUse, type Metrics, writeLine } from './write-line.ts';

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

const BY_SERVICE = [['service']];
const BY_ROUTE = [['service'], ['service', 'route']];
const BY_VERSION = [['service', 'route', 'function_version']];

const metricsOf = (
  { status = 'application-crash', coldStart, emails, missing, signIn }: Exchange,
  milliseconds: number,
): Metrics[] => {
  const fault = FAULTS[status];
  const failures = emails.failures.filter(({ untold }) => !untold);
  const metrics = {
    Requests: [1, 'Count'],
    Latency: [milliseconds, 'Milliseconds'],
    ...(fault !== undefined && { [fault]: [1, 'Count'] }),
    ...(signIn?.outcome === 'failed' && { SignInsFailed: [1, 'Count'] }),
    ...(coldStart && { ColdStarts: [1, 'Count'] }),
    ...(emails.sent > 0 && { EmailsSent: [emails.sent, 'Count'] }),
    ...(failures.length > 0 && { EmailsFailed: [failures.length, 'Count'] }),
  } satisfies Metrics['metrics'];
  const alone: Metrics['metrics'] = {
    ...(isRefusal(status) && { Refusals: [1, 'Count'] }),
    ...(missing !== undefined && { NotFound: [1, 'Count'] }),
  };
  return [
    { dimensions: BY_ROUTE, metrics },
    ...(fault === undefined ? [] : [{ dimensions: BY_VERSION, metrics: { Faults: [1, 'Count'] as const } }]),
    ...(Object.keys(alone).length === 0 ? [] : [{ dimensions: BY_SERVICE, metrics: alone }]),
  ];
};

/**
 * Opens the exchange of a request, and closes it with one JSON line in the log and its metrics (CloudWatch's embedded
 * metric format). It comes first, so that it is the last to see what is answered.
 *
 * @param now the clock
 * @param routeName what the log and the metrics call the route
 */
export const observe = (route: Route | undefined, now: () => Date, routeName: string): Middleware => {
  const service = route?.service ?? 'gateway';

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
      identifying: Promise.resolve(),
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

  const lineOf = (
    exchange: Exchange,
    milliseconds: number,
    context: PipelineRequest['context'],
  ): Record<string, unknown> => {
    const { status = 'application-crash', emails, params, table } = exchange;
    const order_id = params?.sound.order_id;
    const { caller } = exchange.identity;
    return {
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
  };

  const close = ({ context }: PipelineRequest): void => {
    const { exchange } = context;
    exchange.deadline.end();
    const milliseconds = performance.now() - exchange.startedAt;
    const { faults, emails } = exchange;
    const metrics = metricsOf(exchange, milliseconds);
    const warns = emails.failures.length > 0;
    writeLine(
      { service, message: 'request', faults, warns, metrics },
      lineOf(exchange, milliseconds, context),
    );
  };

  return { before: open, after: close, onError: close };
};
