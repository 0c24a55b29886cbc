import type { EventBridgeEvent } from 'aws-lambda';
import { findCircuit } from '../../outbox/channels/email/mandrill-circuit.ts';
import { causeOf } from '../../outbox/delivery.ts';
import { connectQueue, messagesWaiting, queueEmails } from '../../outbox/email-queue.ts';
import { queueEnvironmentSchema } from '../../outbox/environment.ts';
import { countOutbox, outboxEntries } from '../../outbox/outbox-index.ts';
import { job } from '../../pipeline/job.ts';
import type { Metrics } from '../../pipeline/write-line.ts';
import type { Table } from '../../table/table.ts';
import { findDue, type Run } from './find-due-emails.ts';

/** A batch is not begun with less time than this left: the queue is waited for up to 2.5 s. */
const BATCH_MS = 3_000;

/** Kept for the life of the function's instance. */
let kept: ReturnType<typeof connectQueue> | undefined;

const whyAway = async (table: Table): Promise<string | undefined> => {
  const circuit = await findCircuit(table);
  return circuit?.ask_at === undefined ? undefined : causeOf(circuit.failure);
};

const metricsOf = ({ due, unsent, parked, oldest_due_at }: Run, now: Date): Metrics['metrics'] => {
  // Most runs find nothing.
  if (unsent + parked === 0) return {};
  const age = oldest_due_at === undefined ? 0 : now.getTime() - Date.parse(oldest_due_at);
  return {
    EmailsDue: [due, 'Count'],
    EmailsUnsent: [unsent, 'Count'],
    EmailsParked: [parked, 'Count'],
    OldestDueAge: [Math.round(age / 1_000), 'Seconds'],
  };
};

/**
 * Called every minute: queues the e-mails that are due. It answers what it has found.
 *
 * @throws the first thing that went wrong, once it is logged, so that Lambda counts the run as failed
 */
export const handler = job<EventBridgeEvent<'Scheduled Event', object>, Omit<Run, 'faults'>>(
  { name: 'find-due-emails', service: 'emails', message: 'find-due' },
  async (_event, { table, now, deadline, measure }) => {
    const { EMAIL_QUEUE_URL } = queueEnvironmentSchema.parse(process.env);
    kept ??= connectQueue();
    const queue = kept;
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
    measure(metricsOf(run, now));
    const { faults, ...found } = run;
    return { answer: found, line: found, warns: run.queued < run.due || !run.complete, faults };
  },
);
