import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../../functions/contract/define-route.ts';
import { tableIndexes } from '../../functions/table/indexes.ts';
import { stageNamed } from '../../infra/stages.ts';
import { appOf } from './app-with.ts';

const stages = [
  { stage: 'dev', kept: false },
  { stage: 'staging', kept: true },
  { stage: 'production', kept: true },
] as const;

describe.each(stages)('the state of $stage', ({ stage, kept }) => {
  const stack = appOf(stage).node.findChild('State') as Stack;
  const template = Template.fromStack(stack);
  const policies = kept
    ? { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }
    : { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' };
  /** Of what the next deployment could not take over by its name, when the first fails. */
  const unlessJustMade = kept ? { ...policies, DeletionPolicy: 'RetainExceptOnCreate' } : policies;

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
      ...unlessJustMade,
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

  it('The state of a stage has the log of each service and of the gateway, which forgets', () => {
    const groups = Object.values(template.findResources('AWS::Logs::LogGroup'));
    expect(groups.map(({ Properties }) => Properties.LogGroupName).toSorted()).toEqual(
      [
        ...[...SERVICES, 'gateway', 'emails', 'deployment'].map((name) => `/plano-orders/${stage}/${name}`),
        `/aws/vendedlogs/plano-orders-${stage}-access`,
      ].toSorted(),
    );
    for (const { Properties, ...group } of groups) {
      expect(group).toMatchObject(policies);
      expect(Properties.RetentionInDays).toBe(stageNamed(stage).logRetention);
    }
  });

  it.each([
    ['pages', 'AlertTopicArn'],
    ['pager', 'PagerTopicArn'],
  ])(
    'The state of a stage has the topic %s, which takes nothing without TLS, and tells its ARN',
    (name, output) => {
      const topics = template.findResources('AWS::SNS::Topic', {
        Properties: { TopicName: `plano-orders-${stage}-${name}` },
      });
      const [[id, topic] = ['', {}], ...others] = Object.entries(topics);
      expect(others).toEqual([]);
      expect(topic).toMatchObject(unlessJustMade);
      const [policy] = Object.values(
        template.findResources('AWS::SNS::TopicPolicy', { Properties: { Topics: [{ Ref: id }] } }),
      );
      const { Statement } = policy?.Properties.PolicyDocument ?? {};
      expect(Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
      expect(Statement).toContainEqual(
        expect.objectContaining({
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
        }),
      );
      // So that people can subscribe.
      template.hasOutput(output, { Value: { Ref: id } });
    },
  );

  it('The topic of alerts tells the people whom the stage names', () => {
    const subscriptions = Object.values(template.findResources('AWS::SNS::Subscription'));
    expect(subscriptions.map(({ Properties }) => Properties)).toMatchObject(
      stageNamed(stage).alarmAddresses.map((Endpoint) => ({ Protocol: 'email', Endpoint })),
    );
  });

  it('The state of a stage tells which table is used', () => {
    template.hasOutput('TableName', { Value: `plano-orders-${stage}` });
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
