import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { tableIndexes } from '../../functions/table/indexes.ts';
import { createApp } from '../../infra/app.ts';
import { unbundled } from './unbundled.ts';

const stages = [
  { stage: 'dev', kept: false },
  { stage: 'staging', kept: true },
  { stage: 'production', kept: true },
];

describe.each(stages)('the state of $stage', ({ stage, kept }) => {
  const stack = createApp({ stage, context: unbundled }).node.findChild('State') as Stack;
  const template = Template.fromStack(stack);
  const policies = kept
    ? { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }
    : { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' };

  it('The state of a stage is one table, with its keys, without capacity to pay for while nothing happens', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 1);
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      TableName: `plano-orders-${stage}`,
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
    });
  });

  it('The state of a stage has the indexes that the functions query, of keys that are texts', () => {
    const [table] = Object.values(template.findResources('AWS::DynamoDB::Table'));
    expect(table?.Properties.GlobalSecondaryIndexes).toEqual(
      Object.entries(tableIndexes).map(([IndexName, { partition, sort }]) => ({
        IndexName,
        KeySchema: [
          { AttributeName: partition, KeyType: 'HASH' },
          { AttributeName: sort, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    );
    for (const { AttributeType } of table?.Properties.AttributeDefinitions ?? []) {
      expect(AttributeType).toBe('S');
    }
  });

  it('The state of a stage has a bucket for exports, which nobody else reads and which forgets after 35 days', () => {
    template.hasResource('AWS::S3::Bucket', {
      ...policies,
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 35, Status: 'Enabled' })] },
      },
    });
    template.hasOutput('ExportsBucket', {});
  });

  it('The state’s table is encrypted and can be restored, without a key that costs a monthly fee', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    });
    template.resourceCountIs('AWS::KMS::Key', 0);
  });

  it(
    kept
      ? 'The state of a stage outlives its stack'
      : 'The state of dev goes with its stack, but not by mistake',
    () => {
      template.hasResource('AWS::DynamoDB::Table', {
        ...policies,
        Properties: { DeletionProtectionEnabled: true },
      });
      expect(stack.terminationProtection).toBe(kept);
    },
  );
});
