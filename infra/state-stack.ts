import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { tableIndexes } from '../functions/table/indexes.ts';
import { AlertTopic } from './constructs/alert-topic.ts';
import { makeServiceLogs } from './constructs/service-logs.ts';
import { accessLogName, alertTopicName, pagerTopicName, type Stage, tableName } from './stages.ts';

interface StateStackProps extends StackProps {
  stage: Stage;
}

/**
 * What cannot be built again from the code, and so outlives every other stack: the table, where it is exported to, the logs, and
 * the topics to which people have subscribed.
 */
export class StateStack extends Stack {
  constructor(scope: Construct, id: string, { stage, ...props }: StateStackProps) {
    super(scope, id, props);
    const removalPolicy = stage.protectState ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    // What the next deployment cannot take over by its name goes when the very one fails that has made it, and holds nothing yet.
    const unlessJustMade = stage.protectState ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : removalPolicy;

    // One that was restored is another resource: CloudFormation takes over what exists only under an id that is new to it, and
    // would make a new table in the place of one that it has.
    const table = new Table(this, stage.restoredTable ? `Restored-${stage.restoredTable}` : 'Table', {
      tableName: tableName(stage),
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

    const exports = new Bucket(this, 'Exports', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // As long as the table can be restored to any second; what is to be kept longer is copied elsewhere.
      lifecycleRules: [
        { expiration: Duration.days(35), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: unlessJustMade,
    });
    Validations.of(exports).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only operators read what they have exported, a few times a year, and CloudTrail tells who has started an export. A ' +
        'log of reads would take a bucket of its own.',
    });

    makeServiceLogs(this, stage, removalPolicy);
    new LogGroup(this, 'AccessLog', {
      logGroupName: accessLogName(stage),
      retention: stage.logRetention,
      removalPolicy,
    });
    const alerts = new AlertTopic(this, 'Alerts', {
      stage,
      topicName: alertTopicName(stage),
      emails: stage.alarmAddresses,
      https: [],
    });
    const pager = new AlertTopic(this, 'Pager', { stage, topicName: pagerTopicName(stage), ...stage.pager });
    for (const topic of [alerts, pager]) topic.applyRemovalPolicy(unlessJustMade);

    new CfnOutput(this, 'ExportsBucket', { value: exports.bucketName });
    new CfnOutput(this, 'TableName', { value: tableName(stage) });
    new CfnOutput(this, 'AlertTopicArn', { value: alerts.topicArn });
    new CfnOutput(this, 'PagerTopicArn', { value: pager.topicArn });
  }
}
