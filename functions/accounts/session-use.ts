import * as z from 'zod/mini';
import { DAY_MS } from '../contract/days.ts';
import { Refused } from '../contract/refused.ts';
import { conditionHolds } from '../table/condition.ts';
import { partitions } from '../table/partitions.ts';
import { expiresAt, type Key, type Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { unconditional, type Write } from '../table/write.ts';
import type { Session } from './session.ts';

/**
 * The uses of sessions and of applications' tokens, each in a row beside the token's own: whatever a function is called with, it has to note that a
 * session was used, and must not be able to make one.
 */
export const useRows = new RowKind(
  z.object({
    last_used_at: z.optional(z.iso.datetime()),
    /** There once the session has ended, for as long as a request may still be about to note its use. */
    ended_at: z.optional(z.iso.datetime()),
  }),
);

/** For how long it stays noted that a session has ended: longer than any request takes. */
const ENDED_FOR_MS = DAY_MS;
/** For how long the last use is remembered of what never expires. */
const REMEMBERED_FOR_MS = 400 * DAY_MS;

/** The row of the use of a session, by the key of the session's own. */
export const useKey = ({ pk }: Key): Key => ({
  pk: `${partitions.used}${pk.slice(partitions.token.length)}`,
  sk: 'USED',
});

/** When a token was used last, as its row says it; undefined if that is not known. */
export const lastUseIn = (table: Table, row: Row | undefined): string | undefined =>
  row && useRows.readOrLeaveOut(table, row)?.last_used_at;

/** A session with its use as it is noted last; release 0.2 notes it in the session's own row. */
export const withUse = (table: Table, session: Session, row: Row | undefined): Session => {
  const used = lastUseIn(table, row);
  return used !== undefined && used > session.last_used_at ? { ...session, last_used_at: used } : session;
};

/** A write that notes the use of a session. */
type UseWrite = Write & Required<Pick<Write, 'update'>>;

/**
 * Notes the use of a session or of an application's token, for a transaction of its request or for `noteUse`. A session that has
 * ended meanwhile refuses the transaction with `invalid-token`.
 *
 * @param key that of the token's row
 * @param forgotten when the use may be forgotten, in milliseconds since the epoch; undefined for what never expires
 */
export const useOf = (key: Key, forgotten: number | undefined, now: Date): UseWrite => ({
  update: {
    Key: useKey(key),
    UpdateExpression: 'SET last_used_at = :now, expires_at = :expires',
    ConditionExpression: 'attribute_not_exists(ended_at)',
    ExpressionAttributeValues: {
      ':now': now.toISOString(),
      ':expires': expiresAt(forgotten ?? now.getTime() + REMEMBERED_FOR_MS),
    },
  },
  refused: () => new Refused('invalid-token'),
});

/** Notes the use of a session by itself, for a request that has no transaction. */
export const noteUse = async (table: Table, { update }: UseWrite): Promise<void> => {
  // Should it have ended meanwhile, there is no use left to note.
  await conditionHolds(table.update(update));
};

/** Notes that a session has ended, for the transaction that ends it: a request that it sent before can note no use any more. */
export const useEnded = (key: Key, now: Date): Write => ({
  update: {
    Key: useKey(key),
    UpdateExpression: 'SET ended_at = :now, expires_at = :expires',
    ExpressionAttributeValues: {
      ':now': now.toISOString(),
      ':expires': expiresAt(now.getTime() + ENDED_FOR_MS),
    },
  },
  refused: unconditional,
});
