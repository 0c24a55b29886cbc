import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { throttleAlarms } from '../../../infra/constructs/function-alarms.ts';
import { OnCall } from '../../../infra/constructs/on-call.ts';
import { stageNamed } from '../../../infra/stages.ts';

it('The throttles of more functions than an alarm can look at are watched by several', () => {
  const stack = new Stack();
  const handlers = Array.from({ length: 11 }, (_, index) => ({ functionName: `function-${index + 1}` }));
  throttleAlarms(new OnCall(stack, 'OnCall', stageNamed('production')), stack, {
    of: 'orders',
    handlers,
    notice: 'Requests are refused.',
  });
  const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  // Each looks at the sum as well, which is none of the ten.
  expect(alarms.map(({ Properties }) => [Properties.AlarmName, Properties.Metrics.length - 1])).toEqual([
    ['plano-orders-production-orders-throttles', 10],
    ['plano-orders-production-orders-from-11-throttles', 1],
  ]);
});
