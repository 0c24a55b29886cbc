import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { type OnCall, PERIOD } from './on-call.ts';

/** Has people told when DynamoDB lets the functions wait. */
export const watchTable = (onCall: OnCall, scope: Construct, table: ITable): void => {
  const metrics = { reads: 'ReadThrottleEvents', writes: 'WriteThrottleEvents' };
  for (const [of, metricName] of Object.entries(metrics)) {
    onCall.alarm(new Construct(scope, `table-${of}`), {
      kind: 'table-throttles',
      of,
      notice:
        'Requests take longer, and some are answered application-crash: the table takes no more for now.',
      metric: table.metric(metricName, { statistic: 'Sum', period: PERIOD }),
      threshold: 1,
      // A few at the start of a rush are DynamoDB's way to make room, and the functions ask again.
      periods: { of: 3, bad: 2 },
    });
  }
};
