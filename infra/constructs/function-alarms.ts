import { Duration } from 'aws-cdk-lib';
import { type Alarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Route } from '../../functions/contract/define-route.ts';
import { metricsNamespace, type Stage } from '../stages.ts';
import { type BundledFunction, TIME_LIMIT } from './bundled-function.ts';
import { type AlarmDescription, type OnCall, PERIOD } from './on-call.ts';
import type { ScheduledFunction } from './scheduled-function.ts';

/** So many failed e-mails in so long a time are not one bad address any more. */
const MANY_EMAILS = { threshold: 5, period: Duration.minutes(5) };

/** Lambda's own count of a function; free, and there also when the function has not come to write its log. */
const counted = ({ functionName }: BundledFunction, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: functionName },
    statistic: 'Sum',
    period: PERIOD,
  });

const made = (onCall: OnCall, handler: BundledFunction, descriptions: AlarmDescription[]): Alarm[] =>
  descriptions
    .map((description) => onCall.alarm(handler, { of: handler.shortName, ...description }))
    .filter((alarm) => alarm !== undefined);

/** What every function can fail by, whatever it is for. */
const ofLambda = (
  handler: BundledFunction,
  notices: { errors: string; throttles: string },
): AlarmDescription[] => [
  { kind: 'function-errors', notice: notices.errors, metric: counted(handler, 'Errors'), threshold: 1 },
  { kind: 'throttles', notice: notices.throttles, metric: counted(handler, 'Throttles'), threshold: 1 },
];

/** What the functions write of themselves, by their namespace and dimensions. */
const written =
  (stage: Stage, dimensionsMap: Record<string, string>) =>
  (metricName: string, statistic: string, period = PERIOD): Metric =>
    new Metric({ namespace: metricsNamespace(stage), metricName, dimensionsMap, statistic, period });

/**
 * Makes the alarms of a function that the gateway calls, a route's or another's, which the metrics call a route as well; gives
 * those for which a new version is turned back. None where nobody is on call.
 */
export const routeAlarms = (
  onCall: OnCall,
  stage: Stage,
  handler: BundledFunction,
  { service, path, sends }: { service: string } & Pick<Route, 'path' | 'sends'>,
): Alarm[] => {
  const ofRoute = written(stage, { service, route: path });
  const ofVersion: AlarmDescription[] = [
    {
      kind: 'crashes',
      notice: `Requests to ${path} are answered application-crash.`,
      metric: ofRoute('ApplicationCrashes', 'Sum'),
      threshold: 1,
    },
    {
      kind: 'identify-request-error',
      notice: `Requests to ${path} are answered identify-request-error: nothing can be done there.`,
      metric: ofRoute('IdentifyRequestErrors', 'Sum'),
      threshold: 1,
    },
    {
      kind: 'latency',
      notice: `The slowest requests to ${path}, one in a hundred, wait for more than half of the function's time limit.`,
      metric: ofRoute('Latency', 'p99'),
      threshold: TIME_LIMIT.toMilliseconds() / 2,
      periods: { of: 5, bad: 3 },
    },
    ...ofLambda(handler, {
      errors: `Requests to ${path} are answered by the gateway itself: its function fails before it can answer.`,
      throttles: `Requests to ${path} are answered 503 by the gateway itself: Lambda has no room.`,
    }),
  ];
  const ofEmail: AlarmDescription = {
    kind: 'emails-failed',
    notice: `Requests to ${path} are done, but answered mandrill-email-failed; their e-mails come late.`,
    metric: ofRoute('EmailsFailed', 'Sum', MANY_EMAILS.period),
    threshold: MANY_EMAILS.threshold,
  };
  // Not for a version to be turned back: it is Mandrill that fails.
  if (sends?.includes('email')) made(onCall, handler, [ofEmail]);
  return made(onCall, handler, ofVersion);
};

const LATE = 'E-mails that were not sent with their request are not sent now either. They come late.';

/** Makes the alarms of the function that sends what the queue holds; gives those for which a new version is turned back. */
export const sendAlarms = (onCall: OnCall, stage: Stage, handler: BundledFunction): Alarm[] => {
  const ofEmails = written(stage, { service: 'emails' });
  made(onCall, handler, [
    {
      kind: 'emails-failed',
      notice: LATE,
      metric: ofEmails('EmailsFailed', 'Sum', MANY_EMAILS.period),
      threshold: MANY_EMAILS.threshold,
    },
  ]);
  return made(onCall, handler, [
    { kind: 'crashes', notice: LATE, metric: ofEmails('ApplicationCrashes', 'Sum'), threshold: 1 },
    ...ofLambda(handler, { errors: LATE, throttles: LATE }),
  ]);
};

/**
 * Makes the alarms of a function that is called every minute; gives those for which a new version is turned back. That of its
 * last runs none has succeeded, or none took place, is none of them: a tenth of its calls cannot show it.
 */
export const scheduleAlarms = (onCall: OnCall, handler: ScheduledFunction, notice: string): Alarm[] => {
  const [notRunning] = made(onCall, handler, [
    {
      kind: 'not-running',
      notice,
      metric: new MathExpression({
        label: 'Runs that succeeded',
        expression: 'runs - errors',
        usingMetrics: { runs: counted(handler, 'Invocations'), errors: counted(handler, 'Errors') },
        period: PERIOD,
      }),
      threshold: 1,
      below: true,
      periods: { of: 5, bad: 5 },
      silenceIsBad: true,
    },
  ]);
  // Before that it could but go off.
  notRunning?.node.addDependency(handler.everyMinute);
  return made(onCall, handler, ofLambda(handler, { errors: notice, throttles: notice }));
};
