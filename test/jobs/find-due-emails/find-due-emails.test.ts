import { beforeEach, describe, expect, it } from 'vitest';
import { type Dependencies, findDue } from '../../../functions/jobs/find-due-emails/find-due-emails.ts';
import { UNSENT_SHARDS } from '../../../functions/outbox/outbox-index.ts';
import { NOW } from '../../support/sessions.ts';

/** What each partition holds that is due, and what was queued. */
let partitions: Map<string, number[]>;
let queued: number[][];
beforeEach(() => {
  partitions = new Map(UNSENT_SHARDS.map((partition) => [partition, []]));
  queued = [];
});

const run = (different: Partial<Dependencies> = {}) =>
  findDue(
    {
      async *due(partition) {
        const ids = partitions.get(partition) ?? [];
        // In pages of 25, which do not fit the queue's batches.
        for (let start = 0; start < ids.length; start += 25) {
          yield ids.slice(start, start + 25).map((email_id) => ({ email_id, due_at: String(email_id) }));
        }
      },
      count: async (partition) => (partition === 'PARKED' ? 3 : 100),
      waiting: async () => 0,
      away: async () => undefined,
      queue: async (ids) => queued.push([...ids]) && ids.length,
      hasTime: () => true,
      ...different,
    },
    NOW,
  );
const idsFrom = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

it('All e-mails that are due are queued, of every partition and page, in batches of ten at most', async () => {
  for (const [shard, partition] of UNSENT_SHARDS.entries()) {
    partitions.set(partition, idsFrom(1_000 + 100 * shard, 62));
  }
  expect(await run()).toEqual({
    due: 248,
    queued: 248,
    waiting: 0,
    away: undefined,
    unsent: 400,
    parked: 3,
    oldest_due_at: '1000',
    complete: true,
    faults: [],
  });
  expect(new Set(queued.flat()).size).toBe(248);
  expect(Math.max(...queued.map(({ length }) => length))).toBe(10);
});

it('No e-mail is queued where none is due', async () => {
  expect(await run()).toMatchObject({ due: 0, queued: 0, oldest_due_at: undefined, complete: true });
  expect(queued).toEqual([]);
});

describe('what goes wrong', () => {
  beforeEach(() => {
    for (const [shard, partition] of UNSENT_SHARDS.entries())
      partitions.set(partition, idsFrom(100 * (shard + 1), 20));
  });

  it('A batch of which some e-mails could not be queued leaves those due', async () => {
    const result = await run({ queue: async (ids) => ids.length - 1 });
    expect(result).toMatchObject({ due: 80, queued: 72, complete: true });
  });

  it('A fault with one partition does not keep the e-mails of others from being queued', async () => {
    const fault = new Error('broken');
    const result = await run({
      queue: async (ids) => {
        if (ids[0] === 100) throw fault;
        return queued.push([...ids]) && ids.length;
      },
    });
    expect(result).toMatchObject({ due: 70, queued: 60, complete: false, faults: [fault] });
  });

  it('A fault of the queue as such is told once, and leaves all e-mails due', async () => {
    const fault = new Error('broken');
    const result = await run({ waiting: () => Promise.reject(fault) });
    expect(result).toMatchObject({ due: 40, queued: 0, complete: false, faults: [fault] });
  });

  it('A fault in counting e-mails does not keep any from being queued', async () => {
    const count = () => Promise.reject(new Error('broken'));
    expect(await run({ count })).toMatchObject({ due: 80, queued: 80, complete: false });
  });

  it('A run whose time is up leaves the rest of the e-mails to the next', async () => {
    let batches = 3;
    const result = await run({ hasTime: () => batches-- > 0 });
    expect(result).toMatchObject({ due: 30, queued: 30, complete: false, faults: [] });
  });
});

describe('while messages of an earlier run wait in the queue', () => {
  it('No e-mail is queued while an earlier run’s messages wait, and all that are due are found all the same', async () => {
    for (const [shard, partition] of UNSENT_SHARDS.entries())
      partitions.set(partition, idsFrom(100 * (shard + 1), 20));
    const result = await run({ waiting: async () => 7 });
    expect(result).toMatchObject({
      due: 80,
      queued: 0,
      waiting: 7,
      oldest_due_at: '100',
      complete: true,
    });
    expect(queued).toEqual([]);
  });

  it('The queue is not asked what waits in it where no e-mail is due', async () => {
    const waiting = () => Promise.reject(new Error('asked'));
    expect(await run({ waiting })).toMatchObject({ faults: [], complete: true });
  });
});

it('A run queues ten thousand e-mails, the longest due first, and counts the others', async () => {
  for (const [shard, partition] of UNSENT_SHARDS.entries())
    partitions.set(partition, idsFrom(10_000 * (shard + 1), 3_000));
  expect(await run()).toMatchObject({ due: 12_000, queued: 10_000, complete: true });
  expect(new Set(queued.flat()).size).toBe(10_000);
});

describe('while Mandrill is away', () => {
  const away = async () => 'timeout: no answer in time';
  const dueAt = (milliseconds: number) => new Date(NOW.getTime() - milliseconds).toISOString();
  const DAY_MS = 24 * 60 * 60 * 1_000;

  it('A few e-mails find out whether Mandrill is back from being away, and the others are left due', async () => {
    for (const partition of UNSENT_SHARDS) partitions.set(partition, idsFrom(100, 50));
    const due: Dependencies['due'] = async function* (partition) {
      yield (partitions.get(partition) ?? []).map((email_id) => ({ email_id, due_at: dueAt(60_000) }));
    };
    expect(await run({ away, due })).toMatchObject({
      due: 200,
      queued: 10,
      away: 'timeout: no answer in time',
    });
  });

  it('An e-mail that has been due for a day is queued though Mandrill is away, to be parked', async () => {
    const due: Dependencies['due'] = async function* (partition) {
      const ended = partition === UNSENT_SHARDS[1] ? idsFrom(1, 25) : [];
      yield [
        ...ended.map((email_id) => ({ email_id, due_at: dueAt(DAY_MS) })),
        ...idsFrom(100, 20).map((email_id) => ({ email_id, due_at: dueAt(DAY_MS - 1) })),
      ];
    };
    await run({ away, due });
    expect(queued.flat()).toEqual(expect.arrayContaining(idsFrom(1, 25)));
    expect(queued.flat().length).toBeLessThanOrEqual(25 + 10);
  });
});
