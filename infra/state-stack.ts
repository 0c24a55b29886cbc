import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { tableIndexes } from '../functions/contract/table-indexes.ts';
import { ownTableName, type Stage } from './stages.ts';

interface StateStackProps extends StackProps {
  stage: Stage;
}

/** What cannot be built again from the code: the table. */
export class StateStack extends Stack {
  constructor(scope: Construct, id: string, { stage, ...props }: StateStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.protectState });
    const removalPolicy = stage.protectState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    const table = new Table(this, 'Table', {
      tableName: ownTableName(stage),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // AWS's key for DynamoDB: its use shows in CloudTrail, and unlike a key of our own it has no monthly fee.
      encryption: TableEncryption.AWS_MANAGED,
      timeToLiveAttribute: 'expires_at',
      // In every stage: `cdk destroy` has to be meant, also where the data are worth little.
      deletionProtection: true,
      removalPolicy,
    });
    for (const [indexName, { partition, sort }] of Object.entries(tableIndexes)) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: AttributeType.STRING },
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
  }
}
