import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { topicEnvironmentSchema } from '../../functions/notifications/environment.ts';
import { environmentSchema } from '../../functions/table/environment.ts';
import { createApp } from '../../infra/app.ts';
import { everyFunction, functionNamed, grantsOf, observability, onTable } from './template.ts';
import { unbundled } from './unbundled.ts';

const app = createApp({ stage: 'dev', context: unbundled });
const template = Template.fromStack(app.node.findChild('Api') as Stack);

const [[topic = '', { Properties: topicProperties } = { Properties: {} }] = []] = Object.entries(
  template.findResources('AWS::SNS::Topic'),
);
const alert = functionNamed(template, 'plano-orders-dev-alert-team');

it('The topic of alerts takes nothing without TLS', () => {
  template.resourceCountIs('AWS::SNS::Topic', 1);
  expect(topicProperties.TopicName).toBe('plano-orders-dev-pages');
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    Topics: [{ Ref: topic }],
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    },
  });
});

it('The ARN of the topic is told, so that people can subscribe', () => {
  template.hasOutput('AlertTopicArn', { Value: { Ref: topic } });
});

it('People are alerted every minute, by a function that may read and mark notifications, and publish', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    Name: 'plano-orders-dev-alert-team',
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
    Targets: [Match.objectLike({ Arn: { Ref: alert.alias } })],
  });
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: { Ref: alert.alias },
    Principal: 'events.amazonaws.com',
  });
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    FunctionName: { Ref: alert.logicalId },
    Qualifier: { 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: alert.alias }] }] },
    MaximumRetryAttempts: 0,
  });
  expect(grantsOf(template, alert)).toEqual({
    ...observability(alert),
    ...onTable(['Query', 'UpdateItem'], ['NOTIFICATION']),
    'sns:Publish': { Ref: topic },
  });
});

it('A run that alerts has less time than a notification is leased to it', () => {
  expect(Number(alert.properties.Timeout)).toBeLessThan(30);
});

it('The function that alerts finds the environment that it parses, and no more', () => {
  const schema = z.strictObject({
    ...everyFunction,
    ...environmentSchema.shape,
    ...z.object({ ALERT_TOPIC_ARN: z.unknown() }).shape,
  });
  expect(schema.parse(alert.environment)).toMatchObject({
    STAGE: 'dev',
    TABLE_NAME: 'plano-orders-dev',
    ALERT_TOPIC_ARN: { Ref: topic },
  });
  expect(Object.keys(topicEnvironmentSchema.shape)).toEqual(['ALERT_TOPIC_ARN']);
});
