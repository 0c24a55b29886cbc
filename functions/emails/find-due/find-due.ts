import { QUEUE_BATCH } from '../../adapters/email-queue.ts';
import { type OutboxEntry, PARKED, UNSENT_SHARDS } from '../../adapters/outbox-index.ts';

/** What finding e-mails that are due needs of the world. */
export interface Dependencies {
  /** The e-mails of a partition that are due, page by page, the longest due first. */
  due(partition: string): AsyncIterable<OutboxEntry[]>;
  /** How many e-mails a partition holds, due or not. */
  count(partition: string): Promise<number>;
  /** Queues at most a batch of e-mails; tells how many the queue took. */
  queue(email_ids: readonly number[]): Promise<number>;
  /** Whether there is time for another batch. */
  hasTime(): boolean;
}

/** What a run has found and done. */
export interface Run {
  due: number;
  /** Of those that are due, how many the queue took. The others are found again by the next run. */
  queued: number;
  /** All that are still to be sent, those that are due later or being sent right now included. */
  unsent: number;
  parked: number;
  /** Since when the longest due is due. */
  oldest_due_at: string | undefined;
  /** False when the time was up before all were found. */
  complete: boolean;
  /** What went wrong in one of the partitions, which the others do not wait for. */
  faults: unknown[];
}

const earlier = (one: string | undefined, other: string): string =>
  one === undefined || other < one ? other : one;

/** Queues the e-mails that are due. An e-mail that is in the queue already is queued once more: who comes late finds it sent. */
export const findDue = async ({ due, count, queue, hasTime }: Dependencies): Promise<Run> => {
  const run: Run = {
    due: 0,
    queued: 0,
    unsent: 0,
    parked: 0,
    oldest_due_at: undefined,
    complete: true,
    faults: [],
  };

  const search = async (partition: string): Promise<void> => {
    for await (const page of due(partition)) {
      for (let start = 0; start < page.length; start += QUEUE_BATCH) {
        if (!hasTime()) {
          run.complete = false;
          return;
        }
        const batch = page.slice(start, start + QUEUE_BATCH);
        run.due += batch.length;
        for (const { due_at } of batch) run.oldest_due_at = earlier(run.oldest_due_at, due_at);
        const queued = await queue(batch.map(({ email_id }) => email_id));
        run.queued += queued;
      }
    }
  };
  const counting = async (): Promise<void> => {
    const [parked = 0, ...shards] = await Promise.all([PARKED, ...UNSENT_SHARDS].map(count));
    run.parked = parked;
    run.unsent = shards.reduce((sum, shard) => sum + shard, 0);
  };

  const tasks = await Promise.allSettled([counting(), ...UNSENT_SHARDS.map(search)]);
  run.faults = tasks.filter((task) => task.status === 'rejected').map(({ reason }) => reason);
  run.complete &&= run.faults.length === 0;
  return run;
};
