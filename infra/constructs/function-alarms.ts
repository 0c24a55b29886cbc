import { Duration } from 'aws-cdk-lib';
import { type Alarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricsNamespace, type Stage } from '../stages.ts';
import { type BundledFunction, TIME_LIMIT } from './bundled-function.ts';
import { type AlarmDescription, MOST_METRICS, type OnCall, PERIOD, summed } from './on-call.ts';
import type { ScheduledFunction } from './scheduled-function.ts';

/** So many failed e-mails in so long a time are not one bad address any more. */
const MANY_EMAILS = { threshold: 5, period: Duration.minutes(5) };

/** A function, as far as metrics know it. */
type Named = Pick<BundledFunction, 'functionName'>;

/** Lambda's own count of a function; free, and there also when the function has not come to write its log. */
export const counted = ({ functionName }: Named, metricName: string, period = PERIOD): Metric =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { FunctionName: functionName },
    statistic: 'Sum',
    period,
  });

/** What the functions write of themselves, by their namespace and dimensions. */
const written =
  (stage: Stage, dimensionsMap: Record<string, string>) =>
  (metricName: string, statistic: string, period = PERIOD): Metric =>
    new Metric({ namespace: metricsNamespace(stage), metricName, dimensionsMap, statistic, period });

/** Makes alarms of one function or service, if anybody is on call. */
const made = (onCall: OnCall, scope: Construct, of: string, descriptions: AlarmDescription[]): Alarm[] =>
  descriptions
    .map((description) => onCall.alarm(scope, { of, ...description }))
    .filter((alarm) => alarm !== undefined);

const functionErrors = (handler: BundledFunction, notice: string): AlarmDescription => ({
  kind: 'function-errors',
  notice,
  metric: counted(handler, 'Errors'),
  threshold: 1,
});

const emailsFailed = (ofService: ReturnType<typeof written>, notice: string): AlarmDescription => ({
  kind: 'emails-failed',
  notice,
  metric: ofService('EmailsFailed', 'Sum', MANY_EMAILS.period),
  threshold: MANY_EMAILS.threshold,
});

/** The functions of which an alarm, or several, are to tell that Lambda has no room for their calls. */
export interface Throttled {
  /** What they are together. */
  of: string;
  handlers: readonly Named[];
  notice: string;
}

/** Makes the alarms for the throttles of functions that share them, one for as many as an alarm can look at. */
export const throttleAlarms = (
  onCall: OnCall,
  scope: Construct,
  { of, handlers, notice }: Throttled,
): Alarm[] => {
  const starts = handlers.map((_, index) => index).filter((index) => index % MOST_METRICS === 0);
  return starts.flatMap((start) => {
    const some = handlers.slice(start, start + MOST_METRICS);
    const name = start === 0 ? of : `${of}-from-${start + 1}`;
    const metric = summed(
      'Throttles',
      some.map((handler) => counted(handler, 'Throttles')),
    );
    return made(onCall, new Construct(scope, `Throttles-${start}`), name, [
      { kind: 'throttles', notice, metric, threshold: 1 },
    ]);
  });
};

interface ServiceAlarmsProps {
  stage: Stage;
  service: string;
  /** The functions that the gateway calls. */
  handlers: readonly Named[];
  /** Whether one of them sends e-mail. */
  sendsEmail: boolean;
}

/**
 * Makes the alarms of a service that would tell no more if each of its routes had them; gives those for which a new version of any
 * of its functions is turned back. None where nobody is on call.
 */
export const serviceAlarms = (
  onCall: OnCall,
  scope: Construct,
  { stage, service, handlers, sendsEmail }: ServiceAlarmsProps,
): Alarm[] => {
  const ofService = written(stage, { service });
  // Not for a version to be turned back: it is Mandrill that fails.
  if (sendsEmail) {
    const notice = `Requests to ${service} are done, but answered mandrill-email-failed; their e-mails come late.`;
    made(onCall, scope, service, [emailsFailed(ofService, notice)]);
  }
  return [
    ...made(onCall, scope, service, [
      {
        kind: 'identify-request-error',
        notice: `Requests to ${service} are answered identify-request-error: nothing can be done there.`,
        metric: ofService('IdentifyRequestErrors', 'Sum'),
        threshold: 1,
      },
      {
        kind: 'latency',
        notice: `The slowest requests to ${service}, one in a hundred, wait for more than half of a function's time limit.`,
        metric: ofService('Latency', 'p99'),
        threshold: TIME_LIMIT.toMilliseconds() / 2,
        periods: { of: 5, bad: 3 },
      },
    ]),
    ...throttleAlarms(onCall, scope, {
      // Not the service alone: the gateway has throttles of its own, by its own limit.
      of: `${service}-functions`,
      handlers,
      notice: `Requests to ${service} are answered 503 by the gateway itself: Lambda has no room.`,
    }),
  ];
};

/**
 * Makes the alarms of one function that the gateway calls, a route's or another's, which the metrics call a route as well; gives
 * them, since a new version is turned back for each. None where nobody is on call.
 */
export const routeAlarms = (
  onCall: OnCall,
  stage: Stage,
  handler: BundledFunction,
  { service, path }: { service: string; path: string },
): Alarm[] =>
  made(onCall, handler, handler.shortName, [
    {
      kind: 'crashes',
      notice: `Requests to ${path} are answered application-crash.`,
      metric: written(stage, { service, route: path })('ApplicationCrashes', 'Sum'),
      threshold: 1,
    },
    functionErrors(
      handler,
      `Requests to ${path} are answered by the gateway itself: its function fails before it can answer.`,
    ),
  ]);

const LATE = 'E-mails that were not sent with their request are not sent now either. They come late.';

/** Makes the alarms of the function that sends what the queue holds; gives those for which a new version is turned back. */
export const sendAlarms = (onCall: OnCall, stage: Stage, handler: BundledFunction): Alarm[] => {
  const ofEmails = written(stage, { service: 'emails' });
  made(onCall, handler, handler.shortName, [emailsFailed(ofEmails, LATE)]);
  return made(onCall, handler, handler.shortName, [
    { kind: 'crashes', notice: LATE, metric: ofEmails('ApplicationCrashes', 'Sum'), threshold: 1 },
    functionErrors(handler, LATE),
  ]);
};

/**
 * Makes the alarms of a function that is called every minute; gives those for which a new version is turned back. That of its
 * last runs none has succeeded, or none took place, is none of them: a tenth of its calls cannot show it.
 */
export const scheduleAlarms = (onCall: OnCall, handler: ScheduledFunction, notice: string): Alarm[] => {
  const [notRunning] = made(onCall, handler, handler.shortName, [
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
  notRunning?.node.addDependency(handler.rule);
  return made(onCall, handler, handler.shortName, [functionErrors(handler, notice)]);
};
