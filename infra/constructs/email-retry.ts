import { Duration, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Environment } from '../../functions/contract/environment.ts';
import { resourceName, type Stage } from '../stages.ts';
import { allow, BundledFunction } from './bundled-function.ts';
import { EVERY, ScheduledFunction } from './scheduled-function.ts';
import { emailEnvironment, readMandrillKey } from './sends-email.ts';

const SET_ASIDE =
  'After three receives SQS itself moves a message to the dead letter queue, which has an alarm. A destination of the ' +
  'mapping is for streams: Lambda has none for queues.';

/** How often a message may come before it is set aside. */
const RECEIVES = 3;
/** Batches that are sent at once, the fewest that Lambda offers: Mandrill gets no more than 20 e-mails at a time. */
const BATCHES_AT_ONCE = 2;

interface EmailRetryProps {
  stage: Stage;
  table: ITable;
}

/**
 * Sends the e-mails that were not sent within their request. A schedule has one function find those that are due, a queue
 * has another send them. A message is only a hint: what is to be sent is in the table alone, so none is lost with it.
 */
export class EmailRetry extends Construct {
  constructor(scope: Construct, id: string, { stage, table }: EmailRetryProps) {
    super(scope, id);
    const environment: Environment = { STAGE: stage.name, TABLE_NAME: table.tableName };
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    const undeliverable = new Queue(this, 'Undeliverable', {
      ...common,
      queueName: resourceName(stage, 'emails-undeliverable'),
      // A message's age counts from when it was first queued; two weeks are the most that there is.
      retentionPeriod: Duration.days(14),
    });
    Validations.of(undeliverable).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason:
        'It is the dead letter queue. Messages wait in it until an operator has looked, and an alarm says so.',
    });
    const due = new Queue(this, 'Due', {
      ...common,
      queueName: resourceName(stage, 'emails-due'),
      // Six times the function's time, as Lambda's guide advises: a batch may be held back before it is tried.
      visibilityTimeout: Duration.seconds(90),
      // What is not sent by then is found again: kept longer, messages of one e-mail would only pile up.
      retentionPeriod: Duration.hours(1),
      deadLetterQueue: { queue: undeliverable, maxReceiveCount: RECEIVES },
    });

    new ScheduledFunction(this, 'FindDue', {
      stage,
      name: 'emails-find-due',
      description: 'Finds saved e-mails that are due, and queues them.',
      folder: 'functions/emails/find-due',
      environment: { ...environment, EMAIL_QUEUE_URL: due.queueUrl },
      access: [
        allow(['dynamodb:Query'], `${table.tableArn}/index/unsent`),
        // To tell the team of a fault.
        allow(['dynamodb:UpdateItem'], table.tableArn),
        allow(['sqs:SendMessage'], due.queueArn),
      ],
    });

    const send = new BundledFunction(this, 'Send', {
      stage,
      name: 'emails-send',
      description: 'Sends e-mails that are due.',
      folder: 'functions/emails/send',
      environment: { ...environment, ...emailEnvironment(stage) },
      access: [
        allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], table.tableArn),
        readMandrillKey(this, stage),
        allow(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], due.queueArn),
      ],
      withoutDeadLetterQueue:
        'Lambda calls it with messages of a queue, which has a dead letter queue of its own.',
    });
    send.function.addEventSource(
      new SqsEventSource(due, {
        batchSize: 10,
        reportBatchItemFailures: true,
        maxConcurrency: BATCHES_AT_ONCE,
      }),
    );

    Validations.of(send).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: SET_ASIDE,
    });

    new Alarm(this, 'UndeliverableAlarm', {
      alarmName: resourceName(stage, 'emails-undeliverable'),
      alarmDescription:
        'Some saved e-mails cannot be dealt with: sending them fails before Mandrill is asked. Their clients do not get the ' +
        'news of their orders and appointments by e-mail; what they asked for is done.',
      metric: undeliverable.metricApproximateNumberOfMessagesVisible({ period: EVERY, statistic: 'Maximum' }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      // An empty queue that nobody uses reports nothing.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
