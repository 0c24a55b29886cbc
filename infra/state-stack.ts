import { RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { tableIndexes } from '../functions/contract/table-indexes.ts';
import { mandrillKeyName, ownTableName, type Stage } from './stages.ts';

interface StateStackProps extends StackProps {
  stage: Stage;
}

/** What cannot be built again from the code: the table, and the secret that holds Mandrill's API key. */
export class StateStack extends Stack {
  readonly mandrillKey: Secret;

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

    // It is created with a random value, which Mandrill refuses; operators put the key in after the first deployment.
    this.mandrillKey = new Secret(this, 'MandrillKey', {
      secretName: mandrillKeyName(stage),
      description: "Mandrill's API key, as plain text",
      removalPolicy,
    });
    Validations.of(this.mandrillKey).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Mandrill issues and revokes API keys only in its web interface, so no function could rotate one. ' +
        'Operators rotate it there and store the new key here.',
    });
  }
}
