import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { findClient } from '../../clients/clients.ts';
import { tellOfFaults } from '../../notifications/fault-notifications.ts';
import { deliver, mailerOf } from '../../outbox/channels/email/mailer.ts';
import { emailEnvironmentSchema } from '../../outbox/environment.ts';
import { takeDueEmail } from '../../outbox/outbox.ts';
import { described } from '../../pipeline/redact.ts';
import { deadlineOf } from '../../table/deadline.ts';
import { environmentSchema } from '../../table/environment.ts';
import { connect, Table } from '../../table/table.ts';
import { type Batch, sendBatch } from './send-due-emails.ts';

const logger = new Logger({ serviceName: 'emails' });
const metrics = new Metrics({ serviceName: 'emails' });
/** Kept for the life of the function's instance. */
let documents: ReturnType<typeof connect> | undefined;

/** @param besides what is no crash, such as rows that were left out */
const record = (
  messages: number,
  batch: Batch,
  faults: readonly unknown[],
  besides: readonly unknown[],
): void => {
  const all = [...faults, ...besides];
  const line = { messages, ...batch, ...(all.length > 0 && { faults: all.map(described) }) };
  if (all.length > 0) logger.error('send', line);
  else if (batch.refused.length > 0) logger.warn('send', line);
  else logger.info('send', line);
  if (batch.sent.length > 0) metrics.addMetric('EmailsSent', MetricUnit.Count, batch.sent.length);
  if (batch.refused.length > 0) metrics.addMetric('EmailsFailed', MetricUnit.Count, batch.refused.length);
  if (faults.length > 0) metrics.addMetric('ApplicationCrashes', MetricUnit.Count, faults.length);
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

/** Called by the queue: sends the e-mails of its messages. Lambda puts back those messages that it answers. */
export const handler = async (
  { Records }: SQSEvent,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> => {
  const { TABLE_NAME } = environmentSchema.parse(process.env);
  const environment = emailEnvironmentSchema.parse(process.env);
  documents ??= connect();
  const deadline = deadlineOf(() => context.getRemainingTimeInMillis());
  const table = new Table(documents, TABLE_NAME, deadline);
  const faults: unknown[] = [];
  const report = (fault: unknown): void => void faults.push(fault);
  const now = () => new Date();
  const mailer = mailerOf({
    table,
    recipientOf: (client_id) => findClient(table, client_id),
    environment,
    deadline,
    now,
    report,
  });

  const batch = await sendBatch(Records, {
    take: (email_id) => takeDueEmail(table, email_id, now()),
    deliver: (email) => deliver(email, mailer),
    report,
  });
  const place = { where: 'send-due-emails', request_id: context.awsRequestId };
  record(Records.length, batch, faults, await tellOfFaults(table, place, faults, now()));
  return { batchItemFailures: batch.undone.map(({ message_id }) => ({ itemIdentifier: message_id })) };
};
