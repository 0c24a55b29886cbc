import * as z from 'zod/mini';
import type { TableIndex } from '../contract/table-indexes.ts';
import type { Table } from './table.ts';

const INDEX: TableIndex = 'unsent';
/** The partition of e-mails that wait for an operator. */
export const PARKED = 'PARKED';

const SHARDS = 4;
/** The partition of an e-mail that is to be sent. Ids are random, and so are their remainders. */
export const shardOf = (email_id: number): string => `UNSENT#${email_id % SHARDS}`;
/** The partitions of e-mails that are to be sent. */
export const UNSENT_SHARDS: readonly string[] = Array.from({ length: SHARDS }, (_, shard) => shardOf(shard));

const entrySchema = z.object({
  pk: z.string().check(z.startsWith('EMAIL#')),
  due_at: z.string(),
});
/** An e-mail in the index. */
export interface OutboxEntry {
  email_id: number;
  due_at: string;
}

const entryOf = (row: unknown): OutboxEntry => {
  const { pk, due_at } = entrySchema.parse(row);
  return { email_id: Number(pk.slice('EMAIL#'.length)), due_at };
};

/**
 * The e-mails of a partition, page by page, the longest due first. An index lags behind its table: what it has may have
 * been sent meanwhile.
 *
 * @param until those that are due by then; all, without
 */
export async function* outboxEntries(
  table: Table,
  partition: string,
  until?: Date,
): AsyncGenerator<OutboxEntry[]> {
  const pages = table.pages({
    IndexName: INDEX,
    KeyConditionExpression: `unsent = :partition${until ? ' AND due_at <= :until' : ''}`,
    ExpressionAttributeValues: { ':partition': partition, ...(until && { ':until': until.toISOString() }) },
  });
  for await (const { Items = [] } of pages) yield Items.map(entryOf);
}

/** How many e-mails a partition holds. */
export const countOutbox = async (table: Table, partition: string): Promise<number> => {
  let count = 0;
  const pages = table.pages({
    IndexName: INDEX,
    KeyConditionExpression: 'unsent = :partition',
    ExpressionAttributeValues: { ':partition': partition },
    Select: 'COUNT',
  });
  for await (const { Count = 0 } of pages) count += Count;
  return count;
};
