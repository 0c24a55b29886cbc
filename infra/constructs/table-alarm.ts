import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { tableIndexes } from '../../functions/table/indexes.ts';
import { type OnCall, PERIOD } from './on-call.ts';

const METRICS = { reads: 'ReadThrottleEvents', writes: 'WriteThrottleEvents' };

/** Has people told when DynamoDB lets the functions wait: for the table, or for one of its indexes, which it counts apart. */
export const watchTable = (onCall: OnCall, scope: Construct, { tableName: TableName }: ITable): void => {
  const watch = (place: string, dimensionsMap: Record<string, string>): void => {
    for (const [what, metricName] of Object.entries(METRICS)) {
      onCall.alarm(new Construct(scope, `${place}-${what}`), {
        kind: 'table-throttles',
        of: `${place}-${what}`,
        notice:
          'Requests take longer, and some are answered application-crash: the table takes no more for now.',
        metric: new Metric({
          namespace: 'AWS/DynamoDB',
          metricName,
          dimensionsMap,
          statistic: 'Sum',
          period: PERIOD,
        }),
        threshold: 1,
        // A few at the start of a rush are DynamoDB's way to make room, and the functions ask again.
        periods: { of: 3, bad: 2 },
      });
    }
  };
  watch('table', { TableName });
  for (const index of Object.keys(tableIndexes)) watch(index, { TableName, GlobalSecondaryIndexName: index });
};
