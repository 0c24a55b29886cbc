import * as z from 'zod/mini';
import { randomId } from '../table/ids.ts';
import { partitions } from '../table/partitions.ts';
import type { Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import type { Write } from '../table/write.ts';

const entrySchema = z.object({
  /** When it was done, in ISO 8601 UTC. */
  at: z.iso.datetime(),
  /** Who did it: a user or an application by its id, or an operator by the name that AWS, or on one machine the system, has for them. */
  by: z.object({ kind: z.string(), id: z.union([z.string(), z.number()]) }),
  /** What was done: a route's path, or the words of a command, such as `users block`. */
  action: z.string(),
  /** What it was done to: `user`, `email`, `route` …, and its id or, of what is none of a person's, its name. */
  about: z.object({ kind: z.string(), id: z.union([z.string(), z.number()]) }),
  /** The release of the commands, or the version of the function, that did it. */
  release: z.string(),
});
/** An entry of the audit trail: what an operator, an employee or a program did that others may ask about. It names nobody but by ids. */
export type AuditEntry = z.infer<typeof entrySchema>;

/** Entries, and where each stands in the trail: those of later are greater. */
export const auditRows = new RowKind<AuditEntry & { sk: string }>(z.extend(entrySchema, { sk: z.string() }));

/** Entries are kept by month, so that no partition grows for ever, and for ever: they are few, and small. */
const auditKey = (at: string, id: number): Key => ({
  pk: `${partitions.audit}${at.slice(0, 7)}`,
  sk: `${at}#${id}`,
});

/** The month of the first entries: 0.3 is the first release that writes any. */
const FIRST_MONTH = '2026-11';

/** Adds an entry, for the transaction of what it tells of. No entry is ever changed or removed. */
export const audited = (entry: AuditEntry): Write => ({
  put: {
    Item: { ...auditKey(entry.at, randomId()), ...entry },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
  refused: () => new Error('two entries of the audit trail have one id'),
});

const monthBefore = (month: string): string => {
  const date = new Date(`${month}-01T00:00:00.000Z`);
  date.setUTCMonth(date.getUTCMonth() - 1);
  return date.toISOString().slice(0, 7);
};

/**
 * The entries of the audit trail, the newest first, read as they are asked for.
 *
 * @param range.since those of that time and later, in ISO 8601; all, without
 * @param range.before those before that place alone
 */
export async function* auditEntries(
  table: Table,
  {
    since = FIRST_MONTH,
    before,
    now,
  }: { since?: string | undefined; before?: string | undefined; now: Date },
): AsyncGenerator<AuditEntry & { sk: string }> {
  const oldest = since.slice(0, 7);
  for (let month = (before ?? now.toISOString()).slice(0, 7); month >= oldest; month = monthBefore(month)) {
    const rows = table.rows({
      partition: { name: 'pk', value: partitions.audit + month },
      sort: { name: 'sk', from: since, to: before ?? '~' },
      descending: true,
      pageSize: 100,
    });
    for await (const row of rows) if (row.sk !== before) yield* auditRows.readAll(table, [row]);
  }
}
