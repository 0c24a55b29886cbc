import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { tableIndexes } from '../../functions/table/indexes.ts';
import { type OnCall, PERIOD, summed } from './on-call.ts';

/** Has people told when DynamoDB lets the functions wait: for the table, or for one of its indexes, which it counts apart. */
export const watchTable = (onCall: OnCall, scope: Construct, { tableName: TableName }: ITable): void => {
  const indexes = Object.keys(tableIndexes).map((index) => ({ GlobalSecondaryIndexName: index }));
  const throttles = [{}, ...indexes].flatMap((index) =>
    ['ReadThrottleEvents', 'WriteThrottleEvents'].map(
      (metricName) =>
        new Metric({
          namespace: 'AWS/DynamoDB',
          metricName,
          dimensionsMap: { TableName, ...index },
          statistic: 'Sum',
          period: PERIOD,
        }),
    ),
  );
  onCall.alarm(new Construct(scope, 'TableThrottles'), {
    kind: 'table-throttles',
    notice: 'Requests take longer, and some are answered application-crash: the table takes no more for now.',
    metric: summed('Throttles', throttles),
    threshold: 1,
    // A few at the start of a rush are DynamoDB's way to make room, and the functions ask again.
    periods: { of: 3, bad: 2 },
  });
};
