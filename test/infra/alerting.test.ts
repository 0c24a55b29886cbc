import { Match } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { alertEnvironmentSchema } from '../../functions/notifications/environment.ts';
import { environmentSchema } from '../../functions/table/environment.ts';
import { appOf } from './app-with.ts';
import {
  arnOf,
  everyFunction,
  functionNamed,
  grantsOf,
  observability,
  onTable,
  templateOf,
} from './template.ts';

const app = appOf('dev');
const template = templateOf(app, 'Operations');
const topic = arnOf('sns', 'plano-orders-dev-pages');
const alert = functionNamed(template, 'plano-orders-dev-alert-team');

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
    'sns:Publish': topic,
  });
});

it('A run that alerts has less time than a notification is leased to it', () => {
  expect(Number(alert.properties.Timeout)).toBeLessThan(30);
});

it('The function that alerts finds the environment that it parses, and no more', () => {
  const schema = z.strictObject({
    ...everyFunction,
    ...environmentSchema.shape,
    ...z.object({ ALERT_TOPIC_ARN: z.unknown(), HEARTBEAT_URL: z.literal(''), RUNBOOK: z.url() }).shape,
  });
  expect(schema.parse(alert.environment)).toMatchObject({
    STAGE: 'dev',
    TABLE_NAME: 'plano-orders-dev',
    ALERT_TOPIC_ARN: topic,
  });
  expect(Object.keys(alertEnvironmentSchema.shape)).toEqual(['ALERT_TOPIC_ARN', 'HEARTBEAT_URL', 'RUNBOOK']);
});
