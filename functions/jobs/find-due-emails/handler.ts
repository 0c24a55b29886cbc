import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { tellOfFaults } from '../../notifications/fault-notifications.ts';
import { findCircuit } from '../../outbox/channels/email/mandrill-circuit.ts';
import { causeOf } from '../../outbox/delivery.ts';
import { connectQueue, messagesWaiting, queueEmails } from '../../outbox/email-queue.ts';
import { queueEnvironmentSchema } from '../../outbox/environment.ts';
import { countOutbox, outboxEntries } from '../../outbox/outbox-index.ts';
import { described } from '../../pipeline/redact.ts';
import { deadlineOf } from '../../table/deadline.ts';
import { environmentSchema } from '../../table/environment.ts';
import { connect, Table } from '../../table/table.ts';
import { findDue, type Run } from './find-due-emails.ts';

/** A batch is not begun with less time than this left: the queue is waited for up to 2.5 s. */
const BATCH_MS = 3_000;

const logger = new Logger({ serviceName: 'emails' });
const metrics = new Metrics({ serviceName: 'emails' });
/** Kept for the life of the function's instance. */
let clients: { documents: ReturnType<typeof connect>; queue: ReturnType<typeof connectQueue> } | undefined;

const record = (run: Run, untold: readonly unknown[], now: Date): void => {
  const { faults, ...found } = run;
  const age = run.oldest_due_at === undefined ? 0 : now.getTime() - Date.parse(run.oldest_due_at);
  // A metric costs for each hour in which it has a value, and most runs find nothing.
  if (run.unsent + run.parked > 0) {
    metrics.addMetric('EmailsDue', MetricUnit.Count, run.due);
    metrics.addMetric('EmailsUnsent', MetricUnit.Count, run.unsent);
    metrics.addMetric('EmailsParked', MetricUnit.Count, run.parked);
    metrics.addMetric('OldestDueAge', MetricUnit.Seconds, Math.round(age / 1_000));
    metrics.publishStoredMetrics();
  }
  const all = [...faults, ...untold];
  if (all.length > 0) logger.error('find-due', { ...found, faults: all.map(described) });
  else if (run.queued < run.due || !run.complete) logger.warn('find-due', found);
  else logger.info('find-due', found);
};

const whyAway = async (table: Table): Promise<string | undefined> => {
  const circuit = await findCircuit(table);
  return circuit?.ask_at === undefined ? undefined : causeOf(circuit.failure);
};

/**
 * Called every minute: queues the e-mails that are due. It answers what it has found.
 *
 * @throws the first thing that went wrong, once it is logged, so that Lambda counts the run as failed
 */
export const handler = async (
  _event: EventBridgeEvent<'Scheduled Event', object>,
  context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
): Promise<Omit<Run, 'faults'>> => {
  const { TABLE_NAME } = environmentSchema.parse(process.env);
  const { EMAIL_QUEUE_URL } = queueEnvironmentSchema.parse(process.env);
  clients ??= { documents: connect(), queue: connectQueue() };
  const { documents, queue } = clients;
  const deadline = deadlineOf(() => context.getRemainingTimeInMillis());
  const table = new Table(documents, TABLE_NAME, deadline);
  const now = new Date();

  const run = await findDue(
    {
      due: (partition) => outboxEntries(table, partition, now),
      count: (partition) => countOutbox(table, partition),
      waiting: () => messagesWaiting(queue, EMAIL_QUEUE_URL, deadline),
      away: () => whyAway(table),
      queue: (email_ids) => queueEmails(queue, EMAIL_QUEUE_URL, email_ids, deadline),
      hasTime: () => deadline.remaining() > BATCH_MS,
    },
    now,
  );
  const { faults, ...found } = run;
  const place = { where: 'find-due-emails', request_id: context.awsRequestId };
  record(run, await tellOfFaults(table, place, faults, now), now);
  if (faults.length > 0) throw faults[0];
  return found;
};
