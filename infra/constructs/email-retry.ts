import { Duration, Validations } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { LinkEnvironment } from '../../functions/accounts/environment.ts';
import { findUser, makeProof } from '../../functions/accounts/grants.ts';
import { OWASP_COST, type PasswordEnvironment } from '../../functions/accounts/password-cost.ts';
import { findClient } from '../../functions/clients/grants.ts';
import { tellOfFaults } from '../../functions/notifications/grants.ts';
import {
  countOutbox,
  deliver,
  findCircuit,
  outboxEntries,
  takeDueEmail,
} from '../../functions/outbox/grants.ts';
import type { Environment } from '../../functions/table/environment.ts';
import { access } from '../../functions/table/grants.ts';
import { emailQueueName, metricsNamespace, resourceName, type Stage } from '../stages.ts';
import { allow, BundledFunction } from './bundled-function.ts';
import { type OnCall, PERIOD } from './on-call.ts';
import { publicUrl } from './public-url.ts';
import { ScheduledFunction } from './scheduled-function.ts';
import { emailEnvironment, readMandrillKey } from './sends-email.ts';
import type { StageTable } from './stage-table.ts';
import { useTable } from './table-access.ts';

const SET_ASIDE =
  'After three receives SQS itself moves a message to the dead letter queue, which has an alarm. A destination of the ' +
  'mapping is for streams: Lambda has none for queues.';

/** How often a message may come before it is set aside. */
const RECEIVES = 3;
/** Batches that are sent at once, the fewest that Lambda offers: Mandrill gets no more than 20 e-mails at a time. */
const BATCHES_AT_ONCE = 2;

/** An e-mail is due again at the latest an hour after it failed, and then taken within a minute or two. */
const STALLED_SECONDS = 600;

interface EmailRetryProps {
  stage: Stage;
  onCall: OnCall;
  table: StageTable;
}

/**
 * Sends the e-mails that were not sent within their request. A schedule has one function find those that are due, a queue
 * has another send them. A message is only a hint: what is to be sent is in the table alone, so none is lost with it.
 */
export class EmailRetry extends Construct {
  readonly findDue: ScheduledFunction;
  readonly send: BundledFunction;

  constructor(scope: Construct, id: string, { stage, onCall, table }: EmailRetryProps) {
    super(scope, id);
    const environment: Environment = { STAGE: stage.name, TABLE_NAME: table.name };
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
      queueName: emailQueueName(stage),
      // Six times the function's time, as Lambda's guide advises: a batch may be held back before it is tried.
      visibilityTimeout: Duration.seconds(90),
      // What is not sent by then is found again: kept longer, messages of one e-mail would only pile up.
      retentionPeriod: Duration.hours(1),
      deadLetterQueue: { queue: undeliverable, maxReceiveCount: RECEIVES },
    });

    this.findDue = new ScheduledFunction(this, 'FindDue', {
      stage,
      name: 'find-due-emails',
      log: 'emails',
      description: 'Finds saved e-mails that are due, and queues them.',
      folder: 'functions/jobs/find-due-emails',
      reservedConcurrency: stage.reservedConcurrency?.retry,
      environment: { ...environment, EMAIL_QUEUE_URL: due.queueUrl },
      access: [
        ...useTable(table, access(outboxEntries, countOutbox, findCircuit, tellOfFaults)),
        allow(['sqs:GetQueueAttributes', 'sqs:SendMessage'], due.queueArn),
      ],
    });

    // The link of an e-mail that proves something is made when it is sent, and its code is hashed as passwords are.
    const links: LinkEnvironment & PasswordEnvironment = {
      API_URL: publicUrl(this, stage),
      SCRYPT_COST: String(OWASP_COST),
    };
    this.send = new BundledFunction(this, 'Send', {
      stage,
      name: 'send-due-emails',
      log: 'emails',
      description: 'Sends e-mails that are due.',
      folder: 'functions/jobs/send-due-emails',
      reservedConcurrency: stage.reservedConcurrency?.retry,
      environment: { ...environment, ...emailEnvironment(stage), ...links },
      access: [
        ...useTable(table, access(takeDueEmail, findClient, findUser, makeProof, deliver, tellOfFaults)),
        readMandrillKey(this, stage),
        allow(['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], due.queueArn),
      ],
      withoutDeadLetterQueue:
        'Lambda calls it with messages of a queue, which has a dead letter queue of its own.',
    });
    this.send.alias.addEventSource(
      new SqsEventSource(due, {
        batchSize: 10,
        reportBatchItemFailures: true,
        maxConcurrency: BATCHES_AT_ONCE,
      }),
    );

    Validations.of(this.send).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: SET_ASIDE,
    });

    const found = (metricName: string) =>
      new Metric({
        namespace: metricsNamespace(stage),
        metricName,
        dimensionsMap: { service: 'emails' },
        statistic: 'Maximum',
        period: PERIOD,
      });
    onCall.alarm(this, {
      kind: 'emails-stalled',
      notice:
        'An e-mail has been due for ten minutes and is not sent: nobody sends it, or Mandrill is away. What clients asked for ' +
        'is done.',
      metric: found('OldestDueAge'),
      threshold: STALLED_SECONDS,
    });
    onCall.alarm(this, {
      kind: 'emails-parked',
      notice: 'Clients never get the e-mails that wait for a decision. What they asked for is done.',
      metric: found('EmailsParked'),
      threshold: 1,
    });
    onCall.alarm(this, {
      kind: 'emails-undeliverable',
      notice:
        'Some saved e-mails cannot be dealt with: sending them fails before Mandrill is asked. Their clients do not get the ' +
        'news by e-mail; what they asked for is done.',
      metric: undeliverable.metricApproximateNumberOfMessagesVisible({
        period: PERIOD,
        statistic: 'Maximum',
      }),
      threshold: 1,
    });
  }
}
