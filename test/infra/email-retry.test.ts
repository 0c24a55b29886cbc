import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { emailEnvironmentSchema, queueEnvironmentSchema } from '../../functions/outbox/environment.ts';
import { environmentSchema } from '../../functions/table/environment.ts';
import { appOf } from './app-with.ts';
import { everyFunction, functionNamed, grantsOf, observability, onTable, templateOf } from './template.ts';

const app = appOf('dev');
const template = templateOf(app, 'Operations');

const queueNamed = (name: string): string => {
  const [id = ''] = Object.keys(
    template.findResources('AWS::SQS::Queue', { Properties: { QueueName: name } }),
  );
  return id;
};
const due = queueNamed('plano-orders-dev-emails-due');
const undeliverable = queueNamed('plano-orders-dev-emails-undeliverable');
const find = functionNamed(template, 'plano-orders-dev-find-due-emails');
const send = functionNamed(template, 'plano-orders-dev-send-due-emails');
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

const below = (end: string) => ({
  'Fn::Join': ['', expect.arrayContaining([expect.stringMatching(`${end}$`)])],
});

describe('e-mails that are due', () => {
  it('E-mails that are due are looked for every minute, by a function that may query the index and fill the queue', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [Match.objectLike({ Arn: { Ref: find.alias } })],
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: find.alias },
      Principal: 'events.amazonaws.com',
    });
    expect(grantsOf(template, find)).toEqual({
      ...observability(find),
      'dynamodb:Query': below(':table/plano-orders-dev/index/unsent'),
      ...onTable(['BatchGetItem'], ['CIRCUIT']),
      ...onTable(['UpdateItem'], ['NOTIFICATION']),
      'sqs:GetQueueAttributes': arnOf(due),
      'sqs:SendMessage': arnOf(due),
    });
    const schema = z.strictObject({
      ...everyFunction,
      ...environmentSchema.shape,
      ...z.object({ EMAIL_QUEUE_URL: z.unknown() }).shape,
    });
    expect(schema.parse(find.environment)).toMatchObject({ EMAIL_QUEUE_URL: { Ref: due } });
    expect(Object.keys(queueEnvironmentSchema.shape)).toEqual(['EMAIL_QUEUE_URL']);
  });

  it('E-mails are not looked for again by a run that failed, since the next one does it', () => {
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: find.logicalId },
      Qualifier: { 'Fn::Select': [7, { 'Fn::Split': [':', { Ref: find.alias }] }] },
      MaximumRetryAttempts: 0,
    });
  });

  it('E-mails that are due are sent by a function that may use the table, the key and the queue', () => {
    expect(grantsOf(template, send)).toEqual({
      ...observability(send),
      ...onTable(['BatchGetItem'], ['CIRCUIT', 'CLIENT#*', 'USER#*']),
      ...onTable(['UpdateItem'], ['CIRCUIT', 'EMAIL#*', 'NOTIFICATION', 'PROOF#*']),
      'ssm:GetParameter': below(':parameter/plano-orders/dev/mandrill-key'),
      'sqs:DeleteMessage': arnOf(due),
      'sqs:GetQueueAttributes': arnOf(due),
      'sqs:ReceiveMessage': arnOf(due),
    });
    const schema = z.strictObject({
      ...everyFunction,
      ...environmentSchema.shape,
      ...emailEnvironmentSchema.shape,
      // Links are made when their e-mail is sent, and codes hashed at OWASP's first choice for scrypt.
      API_URL: z.object({ 'Fn::Join': z.unknown() }),
      SCRYPT_COST: z.literal('131072'),
    });
    expect(schema.parse(send.environment)).toMatchObject({ TABLE_NAME: 'plano-orders-dev' });
  });

  it('E-mails that are due are sent a few at a time, and those of a batch fail apart', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: arnOf(due),
      // The ARN of the alias without what stands before the name.
      FunctionName: {
        'Fn::Join': ['', [{ 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: send.alias }] }] }, ':live']],
      },
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });
});

describe('the queues', () => {
  it('The queue sets a message aside that came three times', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'plano-orders-dev-emails-due',
      RedrivePolicy: { deadLetterTargetArn: arnOf(undeliverable), maxReceiveCount: 3 },
    });
  });

  it('The queue holds a message back longer than the function can run with it', () => {
    const { VisibilityTimeout } = template.toJSON().Resources[due].Properties;
    expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * Number(send.properties.Timeout));
  });

  it.each([due, undeliverable])('A queue is encrypted, and takes nothing without TLS (%s)', (id) => {
    expect(template.toJSON().Resources[id].Properties.SqsManagedSseEnabled).toBe(true);
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: id }],
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ],
      },
    });
  });
});
