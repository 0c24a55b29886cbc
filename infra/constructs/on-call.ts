import { ArnFormat, Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { resourceName, type Stage } from '../stages.ts';

/** The time that one value of a metric is of: short, so that a bad version is turned back soon. */
export const PERIOD = Duration.minutes(1);

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
  'gateway-faults',
  'gateway-throttles',
  'table-throttles',
] as const;
export type AlarmKind = (typeof ALARMS)[number];

export interface AlarmDescription {
  kind: AlarmKind;
  /** What it is about, if there is more than one of its kind, by the name of a function after the stage's. */
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

const NOBODY_READS =
  'A queue of alerts that could not be delivered would be read by nobody. The alarm and the notification stay as they are, ' +
  'and both can be looked at.';

/** The people on call: the topic by which they are reached, and the alarms that reach them. */
export class OnCall extends Construct {
  readonly topic: Topic;
  readonly #stage: Stage;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.#stage = stage;
    this.topic = new Topic(this, 'Topic', {
      topicName: resourceName(stage, 'pages'),
      displayName: `Plano Orders (${stage.name})`,
      // No key of KMS: alarms cannot use AWS's own, and one of ours costs by the month. What is published names kinds, routes
      // and ids, and nobody.
      enforceSSL: true,
    });
    // A topic with a policy of its own lets nobody in whom the policy does not name.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          ArnLike: {
            'aws:SourceArn': Stack.of(this).formatArn({
              service: 'cloudwatch',
              resource: 'alarm',
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
              resourceName: resourceName(stage, '*'),
            }),
          },
        },
      }),
    );
    for (const address of stage.alarmAddresses) {
      const subscription = this.topic.addSubscription(new EmailSubscription(address));
      Validations.of(subscription).acknowledge({ id: 'Serverless-SNSRedrivePolicy', reason: NOBODY_READS });
    }
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
