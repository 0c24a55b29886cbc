import { TRIED_FOR_MS } from '../../outbox/delivery.ts';
import { QUEUE_BATCH } from '../../outbox/email-queue.ts';
import { type OutboxEntry, PARKED, UNSENT_SHARDS } from '../../outbox/outbox-index.ts';

/** What finding e-mails that are due needs of the world. */
export interface Dependencies {
  /** The e-mails of a partition that are due, page by page, the longest due first. */
  due(partition: string): AsyncIterable<OutboxEntry[]>;
  /** How many e-mails a partition holds, due or not. */
  count(partition: string): Promise<number>;
  /** How many messages wait in the queue. */
  waiting(): Promise<number>;
  /** Why Mandrill is away for everybody; undefined when it is not. */
  away(): Promise<string | undefined>;
  /** Queues at most a batch of e-mails; tells how many the queue took. */
  queue(email_ids: readonly number[]): Promise<number>;
  /** Whether there is time for another batch. */
  hasTime(): boolean;
}

/** What a run has found and done. */
export interface Run {
  due: number;
  /** Of those that are due, how many the queue took. The others are found again by a later run. */
  queued: number;
  /** How many messages of earlier runs wait in the queue; while there are any, nothing is queued. */
  waiting: number;
  /** Why Mandrill is away for everybody, if it is. */
  away: string | undefined;
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

/**
 * So many e-mails one run queues. Whoever sends them takes some five minutes, so that little time is lost until the run after
 * finds the queue empty; and if Mandrill goes away meanwhile, there are not too many of them in the queue.
 */
const MOST = 10_000;
/** While Mandrill is away, one e-mail asks whether it is back; should that have gone, another. */
const MOST_WHILE_AWAY = QUEUE_BATCH;

const earlier = (one: string | undefined, other: string): string =>
  one === undefined || other < one ? other : one;

/**
 * Queues the e-mails that are due, the longest due first, once the queue is empty: those that wait in it are due still, and
 * would be queued once more. While Mandrill is away, the others are left due: they are sent when it is back, or parked when
 * their time is over.
 */
export const findDue = async (
  { due, count, waiting, away, queue, hasTime }: Dependencies,
  now: Date,
): Promise<Run> => {
  const run: Run = {
    due: 0,
    queued: 0,
    waiting: 0,
    away: undefined,
    unsent: 0,
    parked: 0,
    oldest_due_at: undefined,
    complete: true,
    faults: [],
  };
  const look = async (): Promise<number> => {
    [run.waiting, run.away] = await Promise.all([waiting(), away()]);
    return run.away === undefined ? MOST : MOST_WHILE_AWAY;
  };
  /** What is due for so long is at the end of its 24 hours. */
  const longest = new Date(now.getTime() - TRIED_FOR_MS).toISOString();
  const chosenOf = (batch: readonly OutboxEntry[], room: number): readonly OutboxEntry[] => {
    if (run.waiting > 0) return [];
    const ended = run.away === undefined ? 0 : batch.filter(({ due_at }) => due_at <= longest).length;
    return batch.slice(0, Math.max(ended, room));
  };

  let looking: Promise<number> | undefined;
  let chosen = 0;
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
        // Only where something is due: most runs find nothing, and need not ask.
        looking ??= look();
        const most = await looking;
        const next = chosenOf(batch, most - chosen);
        chosen += next.length;
        const queued = next.length > 0 ? await queue(next.map(({ email_id }) => email_id)) : 0;
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
  run.faults = [...new Set(tasks.filter((task) => task.status === 'rejected').map(({ reason }) => reason))];
  run.complete &&= run.faults.length === 0;
  return run;
};
