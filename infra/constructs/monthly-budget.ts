import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import { resourceName, type Stage, tagsOf } from '../stages.ts';

/** When people are told, in percent of the budget: of what has been spent, and of what AWS expects of the whole month. */
const TOLD = [
  { notificationType: 'ACTUAL', threshold: 80 },
  { notificationType: 'FORECASTED', threshold: 100 },
];

interface MonthlyBudgetProps {
  stage: Stage;
  /** In USD. */
  amount: number;
}

/**
 * Has AWS mail the people on call when a stage costs more than was meant. It counts what has the stage's tags, which must be
 * activated for that in the account that pays. It costs nothing, and though it is of the account, any region's stack may have it.
 */
export class MonthlyBudget extends Construct {
  constructor(scope: Construct, id: string, { stage, amount }: MonthlyBudgetProps) {
    super(scope, id);
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: resourceName(stage, 'monthly'),
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount, unit: 'USD' },
        metrics: ['UnblendedCost'],
        filterExpression: {
          and: Object.entries(tagsOf(stage)).map(([key, value]) => ({
            tags: { key, values: [value], matchOptions: ['EQUALS'] },
          })),
        },
      },
      notificationsWithSubscribers: TOLD.map((when) => ({
        notification: { ...when, comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE' },
        subscribers: stage.alarmAddresses.map((address) => ({ subscriptionType: 'EMAIL', address })),
      })),
    });
  }
}
