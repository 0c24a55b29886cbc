import { beforeEach, describe, expect, it } from 'vitest';
import { markFailed, markSent, savedEmail } from '../../functions/outbox/outbox.ts';
import {
  countOutbox,
  type OutboxEntry,
  outboxEntries,
  PARKED,
  shardOf,
  UNSENT_SHARDS,
} from '../../functions/outbox/outbox-index.ts';
import { anEmail } from '../support/emails.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
beforeEach(() => db.clear());

const at = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);
const SHARD = shardOf(4);
/** Saves an e-mail of that id so many milliseconds from now; its lease ends 60 s later. */
const saved = async (email_id: number, milliseconds = 0) => {
  const email = anEmail({ email_id });
  await db.open().transact([savedEmail(email, at(milliseconds))]);
  return email;
};
const entries = async (partition: string, until?: Date): Promise<OutboxEntry[]> => {
  const found: OutboxEntry[] = [];
  for await (const page of outboxEntries(db.open(), partition, until)) found.push(...page);
  return found;
};
const ids = async (partition: string, until?: Date) =>
  (await entries(partition, until)).map(({ email_id }) => email_id);

it('Every e-mail is in one of four partitions', async () => {
  expect(UNSENT_SHARDS).toHaveLength(4);
  for (const email_id of [1, 2, 3, 4, 2 ** 48 - 2]) expect(UNSENT_SHARDS).toContain(shardOf(email_id));
});

describe('a partition', () => {
  it('A partition has its own e-mails, the longest due first', async () => {
    await saved(8, 2);
    await saved(4, 1);
    await saved(5);
    expect(await entries(SHARD)).toEqual([
      { email_id: 4, due_at: at(20_001).toISOString() },
      { email_id: 8, due_at: at(20_002).toISOString() },
    ]);
    expect(await countOutbox(db.open(), SHARD)).toBe(2);
    expect(await countOutbox(db.open(), shardOf(6))).toBe(0);
  });

  it('A partition gives the e-mails that are due by a time', async () => {
    await saved(4);
    await saved(8, 1);
    expect(await ids(SHARD, at(19_999))).toEqual([]);
    expect(await ids(SHARD, at(20_000))).toEqual([4]);
    expect(await ids(SHARD, at(20_001))).toEqual([4, 8]);
  });

  it('A partition has unsent e-mails, but none that was sent; those that are parked have one of their own', async () => {
    const [unsent, sent, parked] = [await saved(4), await saved(8), await saved(12)];
    const failure = { kind: 'rejected', cause: 'spam' } as const;
    await markFailed(db.open(), unsent, { ...failure, permanent: false }, NOW);
    await markSent(db.open(), sent, 'mandrill-1', NOW);
    await markFailed(db.open(), parked, { ...failure, permanent: true }, NOW);
    expect(await ids(SHARD)).toEqual([4]);
    expect(await entries(PARKED)).toEqual([{ email_id: 12, due_at: NOW.toISOString() }]);
  });

  it('A partition is given and counted without what is no e-mail, which is told', async () => {
    await saved(4);
    const due_at = at(0).toISOString();
    for (const pk of ['ODD', 'EMAIL#odd']) await db.put({ pk, sk: 'EMAIL', unsent: SHARD, due_at });
    const table = db.open();
    const found = await Array.fromAsync(outboxEntries(table, SHARD));
    expect(found.flat().map(({ email_id }) => email_id)).toEqual([4]);
    expect(table.unreadable.map(({ key }) => key.pk).toSorted()).toEqual(['EMAIL#odd', 'ODD']);
    await db.put({ pk: 'ODD', sk: 'OTHER', unsent: PARKED, due_at });
    expect(await countOutbox(db.open(), PARKED)).toBe(0);
  });

  it('A partition is given and counted to its end, page by page', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((number) => saved(4 * number, number)));
    /** Has DynamoDB give two rows a page. */
    const inPagesOfTwo = () =>
      db.wire.fail('Query', ({ input }, forward) => forward({ ...input, Limit: 2 }), 3);
    inPagesOfTwo();
    expect(await ids(SHARD)).toEqual([4, 8, 12, 16, 20]);
    inPagesOfTwo();
    expect(await countOutbox(db.open(), SHARD)).toBe(5);
    expect(db.wire.operations.filter((operation) => operation === 'Query')).toHaveLength(6);
  });
});
