import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { type TableIndex, tableIndexes } from '../table/indexes.ts';
import { partitions } from '../table/partitions.ts';
import type { Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';

const INDEX = 'unsent' satisfies TableIndex;
/** Before and after every time, which starts with a year. */
const [START, END] = ['0', '~'];
/** The partition of e-mails that wait for an operator. */
export const PARKED = 'PARKED';

/** So many entries one request asks for: with as many as fit, one of a table that is busy would come too late. */
const PAGE = 1_000;

const SHARDS = 4;
/** The partition of an e-mail that is to be sent. Ids are random, and so are their remainders. */
export const shardOf = (email_id: number): string => `UNSENT#${email_id % SHARDS}`;
/** The partitions of e-mails that are to be sent. */
export const UNSENT_SHARDS: readonly string[] = Array.from({ length: SHARDS }, (_, shard) => shardOf(shard));

const idOfKey = z.pipe(
  z.pipe(
    z.templateLiteral([partitions.email, z.int()]),
    z.transform((pk) => Number(pk.slice(partitions.email.length))),
  ),
  id,
);
const entryRows = new RowKind(z.object({ pk: idOfKey, due_at: z.string() }));

/** An e-mail in the index. */
export interface OutboxEntry {
  email_id: number;
  due_at: string;
}

/** Those of the index's rows that are e-mails. What else has got into it is left out. */
const entriesOf = (table: Table, rows: readonly Row[]): OutboxEntry[] =>
  entryRows.readAll(table, rows).map(({ pk, due_at }) => ({ email_id: pk, due_at }));

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
    Limit: PAGE,
  });
  for await (const { Items = [] } of pages) yield entriesOf(table, Items);
}

/**
 * The e-mails of a partition, one by one, the longest due first.
 *
 * @param from those that are due then or later; all, without
 * @param pageSize how many one request asks for
 */
export async function* outboxEntriesFrom(
  table: Table,
  partition: string,
  from: string | undefined,
  pageSize: number,
): AsyncGenerator<OutboxEntry> {
  const { partition: name, sort } = tableIndexes[INDEX];
  const rows = table.rows({
    index: INDEX,
    partition: { name, value: partition },
    sort: { name: sort, from: from ?? START, to: END },
    pageSize,
  });
  for await (const row of rows) yield* entriesOf(table, [row]);
}

/** How many e-mails a partition holds. */
export const countOutbox = async (table: Table, partition: string): Promise<number> => {
  let count = 0;
  const pages = table.pages({
    IndexName: INDEX,
    KeyConditionExpression: 'unsent = :partition',
    FilterExpression: 'begins_with(pk, :email)',
    ExpressionAttributeValues: { ':partition': partition, ':email': partitions.email },
    Select: 'COUNT',
    Limit: PAGE,
  });
  for await (const { Count = 0 } of pages) count += Count;
  return count;
};
