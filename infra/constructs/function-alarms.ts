import { Duration } from 'aws-cdk-lib';
import { type Alarm, type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { LIVE, metricsNamespace, type Stage } from '../stages.ts';
import { type BundledFunction, TIME_LIMIT } from './bundled-function.ts';
import {
  type AlarmDescription,
  type AlarmOfKind,
  MOST_METRICS,
  type OnCall,
  PERIOD,
  summed,
} from './on-call.ts';
import type { ScheduledFunction } from './scheduled-function.ts';

/**
 * One fault alone is told by its notification, and people are called when it goes on: when there is one in two of five minutes.
 */
export const GOES_ON = { of: 5, bad: 2 };

/**
 * More than half of a service's requests refused, a quarter of an hour long: what clients do wrong by themselves, such as mistyped
 * passwords and orders that have moved on, is taken to stay far below. Of fewer requests than 30 in five minutes, one client that
 * sends something wrong again and again could be half. No traffic has been measured yet that they could be taken from.
 */
const REFUSED = { percent: 50, ofRequests: 30, period: Duration.minutes(5), periods: { of: 3, bad: 3 } };

/** A function, as far as metrics know it. */
type Named = Pick<BundledFunction, 'functionName'>;

/** Lambda's own count of a function, or of those of its calls; free, and there also when the function has not come to write its log. */
const counted = (
  { functionName }: Named,
  metricName: string,
  { ofCalls = {}, period = PERIOD }: { ofCalls?: Record<string, string>; period?: Duration } = {},
): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: functionName, ...ofCalls },
    statistic: 'Sum',
    period,
  });

/** How many runs of a function have succeeded. */
export const succeeded = (handler: Named, period = PERIOD): MathExpression =>
  new MathExpression({
    label: 'Runs that succeeded',
    expression: 'runs - errors',
    usingMetrics: {
      runs: counted(handler, 'Invocations', { period }),
      errors: counted(handler, 'Errors', { period }),
    },
    period,
  });

/** What the functions write of themselves, by their namespace and dimensions. */
export const written =
  (stage: Stage, dimensionsMap: Record<string, string>) =>
  (metricName: string, statistic = 'Sum', period = PERIOD): Metric =>
    new Metric({ namespace: metricsNamespace(stage), metricName, dimensionsMap, statistic, period });

/** What an alarm, or several, are to add up. */
export interface Counts extends Pick<AlarmDescription, 'kind' | 'notice'> {
  /** What is counted together. */
  of: string;
  metrics: readonly IMetric[];
}

/** Makes the alarms for what counts come to, one for as many as an alarm can look at. */
export const countAlarms = (
  onCall: OnCall,
  scope: Construct,
  { kind, of, notice, metrics }: Counts,
): AlarmOfKind[] => {
  const starts = metrics.map((_, index) => index).filter((index) => index % MOST_METRICS === 0);
  return starts.flatMap((start) => {
    const metric = summed(kind, metrics.slice(start, start + MOST_METRICS));
    const alarm = onCall.alarm(new Construct(scope, `${kind}-${start}`), {
      kind,
      of: start === 0 ? of : `${of}-from-${start + 1}`,
      notice,
      metric,
      threshold: 1,
    });
    return alarm === undefined ? [] : [alarm];
  });
};

interface Called {
  stage: Stage;
  /** By which the functions' metrics go. */
  service: string;
  /** The functions that the gateway calls. */
  handlers: readonly Named[];
}

/**
 * Makes the alarms of functions that the gateway calls, all of one service; gives those for which a new version of any of them is
 * turned back. None where nobody is on call.
 *
 * A rollout watches the latency of all, since Lambda would be asked for each function and version once more. It does not watch
 * throttles: the account has no room then, for the version before neither.
 */
export const calledAlarms = (
  onCall: OnCall,
  scope: Construct,
  { stage, service, handlers }: Called,
): Alarm[] => {
  countAlarms(onCall, scope, {
    kind: 'function-errors',
    of: service,
    notice: `Requests to ${service} are answered by the gateway itself: a function fails before it can answer.`,
    metrics: handlers.map((handler) => counted(handler, 'Errors')),
  });
  const latency = onCall.alarm(scope, {
    kind: 'latency',
    of: service,
    notice: `The slowest requests to ${service}, one in a hundred, wait for more than half of a function's time limit.`,
    metric: written(stage, { service })('Latency', 'p99'),
    threshold: TIME_LIMIT.toMilliseconds() / 2,
    periods: { of: 5, bad: 3 },
  });
  return latency === undefined ? [] : [latency];
};

/** Makes the alarms of a service of the catalogue, and gives those for which a new version of its functions is turned back. */
export const serviceAlarms = (onCall: OnCall, scope: Construct, called: Called): Alarm[] => {
  const { stage, service } = called;
  const ofService = written(stage, { service });
  onCall.alarm(scope, {
    kind: 'crashes',
    of: service,
    notice: `Requests to ${service} are answered application-crash.`,
    metric: ofService('ApplicationCrashes'),
    threshold: 1,
    periods: GOES_ON,
  });
  const { percent, ofRequests, period, periods } = REFUSED;
  onCall.alarm(scope, {
    kind: 'refused',
    of: service,
    notice: `Most requests to ${service} are refused (4xx): clients or the service may have got something wrong.`,
    metric: new MathExpression({
      label: 'Refused, in per cent',
      expression: `IF(requests >= ${ofRequests}, 100 * FILL(refused, 0) / requests, 0)`,
      usingMetrics: {
        requests: ofService('Requests', 'Sum', period),
        refused: ofService('Refusals', 'Sum', period),
      },
      period,
    }),
    threshold: percent,
    periods,
  });
  return calledAlarms(onCall, scope, called);
};

/**
 * Makes the alarm for which the version that this deployment publishes is turned back: it counts the faults of that version and of
 * no other, and tells nobody. It is there before calls go over, so that the first fault is seen. None where nobody is on call.
 *
 * Lambda counts by version what is called by an alias ("Types of metrics for Lambda functions" in its developer guide); the faults
 * that a version answers it writes itself.
 */
export const rolloutAlarm = (
  onCall: OnCall,
  stage: Stage,
  handler: BundledFunction,
  { service, path }: { service: string; path: string },
): Alarm[] => {
  const { alias, functionName, shortName } = handler;
  const { version } = alias.version;
  const alarm = onCall.alarm(handler, {
    kind: 'rollout',
    // Another version has another alarm, which has seen nothing yet: an alarm that is changed stays on if it was on.
    of: `${shortName}-version-${version}`,
    notice: `The version of ${path} that was published last fails, and is turned back if calls are shifting to it.`,
    metric: summed('Faults of the version', [
      counted(handler, 'Errors', {
        ofCalls: { Resource: `${functionName}:${LIVE}`, ExecutedVersion: version },
      }),
      written(stage, { service, route: path, function_version: version })('Faults'),
    ]),
    threshold: 1,
  });
  if (alarm === undefined) return [];
  alias.node.addDependency(alarm);
  return [alarm];
};

/**
 * Makes the alarms of the jobs, of all together.
 *
 * @param service by which their metrics go that count faults which made no run fail
 */
export const jobAlarms = (onCall: OnCall, scope: Construct, { stage, service, handlers }: Called): void => {
  countAlarms(onCall, scope, {
    kind: 'runs-failing',
    of: 'jobs',
    notice: 'A job fails: e-mails that were not sent with their request come late, or so do alerts.',
    metrics: [
      ...handlers.map((handler) => counted(handler, 'Errors')),
      written(stage, { service })('ApplicationCrashes'),
    ],
  });
};

/** Makes the alarm of a function that is called every minute: of its last runs none has succeeded, or none took place. */
export const scheduleAlarm = (onCall: OnCall, handler: ScheduledFunction, notice: string): void => {
  const notRunning = onCall.alarm(handler, {
    kind: 'not-running',
    of: handler.shortName,
    notice,
    metric: succeeded(handler),
    threshold: 1,
    below: true,
    periods: { of: 5, bad: 5 },
    silenceIsBad: true,
  });
  // Before that it could but go off.
  notRunning?.node.addDependency(handler.rule);
};
