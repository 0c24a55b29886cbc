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
export const summed = (label: string, metrics: readonly IMetric[]): MathExpression =>
  new MathExpression({
    label,
    expression: 'SUM(FILL(METRICS(), 0))',
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index + 1}`, metric])),
    period: PERIOD,
  });

/** The alarms that there are, by the headings of docs/runbook.md which say what to do. */
export const ALARMS = [
  'crashes',
  'identify-request-error',
  'latency',
  'throttles',
  'emails-failed',
  'function-errors',
  'not-running',
  'emails-stalled',
  'emails-parked',
  'emails-undeliverable',
  'check-failed',
  'gateway-faults',
  'gateway-throttles',
  'table-throttles',
] as const;
export type AlarmKind = (typeof ALARMS)[number];

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

/** The people on call, for one stack: the topic by which they are reached, by its name, and the alarms that reach them. */
export class OnCall extends Construct {
  readonly topic: ITopic;
  readonly #stage: Stage;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.#stage = stage;
    this.topic = Topic.fromTopicArn(
      this,
      'Topic',
      Stack.of(this).formatArn({ service: 'sns', resource: alertTopicName(stage) }),
    );
  }

  /**
   * Makes an alarm, in a scope of whatever it is about, which tells the people on call when it goes off and when all is well
   * again. Where nobody is to be told there is none.
   */
  alarm(scope: Construct, description: AlarmDescription): Alarm | undefined {
    if (this.#stage.alarmAddresses.length === 0) return undefined;
    const { kind, of, notice, metric, threshold, below, silenceIsBad } = description;
    const { of: evaluationPeriods, bad: datapointsToAlarm } = description.periods ?? { of: 1, bad: 1 };
    const props: AlarmProps = {
      alarmName: resourceName(this.#stage, of === undefined ? kind : `${of}-${kind}`),
      alarmDescription: `${notice} What to do: ${this.#stage.runbook}#${kind}`,
      metric,
      threshold,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods,
      datapointsToAlarm,
      treatMissingData: silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    };
    const alarm = new Alarm(scope, `Alarm-${kind}`, props);
    const tell = new SnsAction(this.topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    return alarm;
  }
}
