import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { expect, it } from 'vitest';
import { countAlarms } from '../../../infra/constructs/function-alarms.ts';
import { OnCall } from '../../../infra/constructs/on-call.ts';
import { stageNamed } from '../../../infra/stages.ts';

it('More counts than an alarm can look at are added up by several', () => {
  const stack = new Stack();
  const metrics = Array.from(
    { length: 11 },
    (_, index) => new Metric({ namespace: 'AWS/Lambda', metricName: `Count${index}` }),
  );
  countAlarms(new OnCall(stack, 'OnCall', stageNamed('production')), stack, {
    kind: 'throttles',
    of: 'orders',
    notice: 'Requests are refused.',
    metrics,
  });
  const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  // Each looks at the sum as well, which is none of the ten.
  expect(alarms.map(({ Properties }) => [Properties.AlarmName, Properties.Metrics.length - 1])).toEqual([
    ['plano-orders-production-orders-throttles', 10],
    ['plano-orders-production-orders-from-11-throttles', 1],
  ]);
});
