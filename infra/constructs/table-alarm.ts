import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { type OnCall, PERIOD } from './on-call.ts';

/** Has people told when DynamoDB lets the functions wait. */
export const watchTable = (onCall: OnCall, scope: Construct, table: ITable): void => {
  const sum = (metricName: string) => table.metric(metricName, { statistic: 'Sum', period: PERIOD });
  onCall.alarm(scope, {
    kind: 'table-throttles',
    notice: 'Requests take longer, and some are answered application-crash: the table takes no more for now.',
    metric: new MathExpression({
      label: 'Throttled requests',
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: { reads: sum('ReadThrottleEvents'), writes: sum('WriteThrottleEvents') },
      period: PERIOD,
    }),
    threshold: 1,
    // A few at the start of a rush are DynamoDB's way to make room, and the functions ask again.
    periods: { of: 3, bad: 2 },
  });
};
