import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alertTopicName, resourceName, type Stage } from '../stages.ts';

/** The time that one value of a metric is of: short, so that a bad version is turned back soon. */
export const PERIOD = Duration.minutes(1);

/** So many metrics can an alarm look at, by CloudWatch's quotas. */
export const MOST_METRICS = 10;

/** What several counts come to; none where nothing was counted, which is no gap in the others. */
export const summed = (label: string, metrics: readonly IMetric[], period = PERIOD): MathExpression =>
  new MathExpression({
    label,
    expression: 'SUM(FILL(METRICS(), 0))',
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index + 1}`, metric])),
    period,
  });

/** The alarms that there are, by the headings of docs/runbook.md which say what to do. */
export const ALARMS = [
  'rollout',
  'crashes',
  'identify-request-error',
  'latency',
  'throttles',
  'function-errors',
  'refused',
  'not-found',
  'sign-ins-failed',
  'emails-failed',
  'emails-stalled',
  'emails-parked',
  'emails-undeliverable',
  'check-failed',
  'runs-failing',
  'not-running',
  'gateway-faults',
  'gateway-throttles',
  'table-throttles',
] as const;
export type AlarmKind = (typeof ALARMS)[number];

interface Page {
  /** One sentence: what a client notices. */
  notice: string;
  /** The kinds of alarms of which any one pages. */
  of: readonly AlarmKind[];
}
/** What calls people at once: composite alarms, by their headings in docs/runbook.md. */
export const PAGES = {
  'requests-failing': {
    notice: 'Requests to the API fail, and go on failing.',
    of: ['crashes', 'identify-request-error', 'gateway-faults'],
  },
  'emails-failing': {
    notice: 'Clients do not get their e-mails. What they asked for is done.',
    of: ['emails-failed', 'emails-stalled'],
  },
  'not-answering': {
    notice: 'From outside an order cannot be read or changed, as clients do, or nobody tries any more.',
    of: ['check-failed'],
  },
  'nobody-watches': {
    notice: 'Clients notice little, but what is called every minute to look after the API does not run.',
    of: ['not-running'],
  },
} as const satisfies Record<string, Page>;
export type PageKind = keyof typeof PAGES;

/** Whom an alarm is for: it calls people at once, tells them by e-mail, or has a new version turned back and tells nobody. */
export type Severity = 'PAGE' | 'TELL' | 'ROLLOUT';

const PAGING = new Set<AlarmKind>(Object.values<Page>(PAGES).flatMap(({ of }) => of));
const severityOf = (kind: AlarmKind): Severity => {
  if (kind === 'rollout') return 'ROLLOUT';
  return PAGING.has(kind) ? 'PAGE' : 'TELL';
};

/** What an alarm says to whomever it reaches. */
export const described = (
  stage: Stage,
  severity: Severity,
  notice: string,
  kind: AlarmKind | PageKind,
): string => `${severity}: ${notice} What to do: ${stage.runbook}#${kind}`;

/** A topic of the stage, by its name. */
export const topicNamed = (scope: Construct, id: string, name: string): ITopic =>
  Topic.fromTopicArn(scope, id, Stack.of(scope).formatArn({ service: 'sns', resource: name }));

export interface AlarmDescription {
  kind: AlarmKind;
  /** What it is about, if there is more than one of its kind: a function, by its name after the stage's, or a service. */
  of?: string;
  /** One sentence: what a client notices. */
  notice: string;
  metric: IMetric;
  /** It goes off at this value, and above or, where `below` says so, beneath it. */
  threshold: number;
  below?: boolean;
  /** So many of the last periods have to be so; one of one by default. */
  periods?: { of: number; bad: number };
  /** Whether no value at all is bad too. */
  silenceIsBad?: boolean;
}

/** An alarm that knows its kind, and its name also for other stacks. */
export class AlarmOfKind extends Alarm {
  readonly kind: AlarmKind;
  readonly named: string;

  constructor(scope: Construct, kind: AlarmKind, props: AlarmProps & { alarmName: string }) {
    super(scope, `Alarm-${kind}`, props);
    this.kind = kind;
    this.named = props.alarmName;
  }
}

/** The people on call, for one stack: the topic by which they are told, by its name, and the alarms that reach them. */
export class OnCall extends Construct {
  readonly topic: ITopic;
  readonly #stage: Stage;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.#stage = stage;
    this.topic = topicNamed(this, 'Topic', alertTopicName(stage));
  }

  /**
   * Makes an alarm, in a scope of whatever it is about. One that tells does so when it goes off and when all is well again; one
   * that pages does so by the composite alarm of its kind, so that one cause is one message. Where nobody is on call there is none.
   */
  alarm(scope: Construct, description: AlarmDescription): AlarmOfKind | undefined {
    if (this.#stage.alarmAddresses.length === 0) return undefined;
    const { kind, of, notice, metric, threshold, below, silenceIsBad } = description;
    const { of: evaluationPeriods, bad: datapointsToAlarm } = description.periods ?? { of: 1, bad: 1 };
    const severity = severityOf(kind);
    const alarm = new AlarmOfKind(scope, kind, {
      alarmName: resourceName(this.#stage, of === undefined ? kind : `${of}-${kind}`),
      alarmDescription: described(this.#stage, severity, notice, kind),
      metric,
      threshold,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods,
      datapointsToAlarm,
      treatMissingData: silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    if (severity === 'TELL') {
      const tell = new SnsAction(this.topic);
      alarm.addAlarmAction(tell);
      alarm.addOkAction(tell);
    }
    return alarm;
  }
}
