import * as z from 'zod/mini';
import { partitions } from '../table/partitions.ts';
import type { Key, Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { removed, type Write } from '../table/write.ts';
import { inOrderOfEnding, MOST_SESSIONS, type Session } from './session.ts';
import { useEnded, useKey } from './session-use.ts';
import { POINTER, sessionOf, sessionPointerKey, tokenKey, tokenRows } from './tokens.ts';
import { userKey } from './users.ts';

/** The keys of a session: of what points to it in its user's partition, and of its own row. */
export interface SessionKeys {
  pointer: Key;
  token: Key;
}

/** What points to a user's sessions. Its key says it all. */
export const sessionPointerRows = new RowKind<SessionKeys>(
  z.pipe(
    z.object({ pk: z.string(), sk: z.string().check(z.startsWith(POINTER + partitions.token)) }),
    z.transform(({ pk, sk }) => ({
      pointer: { pk, sk },
      token: { pk: sk.slice(POINTER.length), sk: tokenKey('').sk },
    })),
  ),
);

/** A session as it is kept. */
export interface KeptSession extends SessionKeys {
  row: Row;
  /** Undefined if the row cannot be read. */
  session: Session | undefined;
}

/** DynamoDB takes 100 actions in a transaction: so many leave room for what else it does. */
export const MOST_ACTIONS = 90;
/** So many transactions are on their way at the same time. */
const SIDE_BY_SIDE = 8;

/** Does something in as many transactions as it takes, of so many things each. */
export const inPortions = async <Thing>(
  table: Table,
  things: readonly Thing[],
  size: number,
  writesOf: (thing: Thing) => Write[],
  sideBySide = 1,
): Promise<void> => {
  for (let start = 0; start < things.length; start += size * sideBySide) {
    const portions = Array.from({ length: sideBySide }, (_, index) => {
      const from = start + index * size;
      return things.slice(from, from + size).flatMap(writesOf);
    });
    await Promise.all(portions.filter(({ length }) => length > 0).map((writes) => table.transact(writes)));
  }
};

export const pointersOf = async (table: Table, user_id: number): Promise<SessionKeys[]> =>
  sessionPointerRows.readAll(table, await table.query(userKey(user_id).pk, POINTER));

/** The sessions of these keys. DynamoDB forgets a session and what points to it apart, so not all may be there. */
export const kept = async (table: Table, keys: readonly SessionKeys[]): Promise<KeptSession[]> => {
  const read = async (each: SessionKeys): Promise<KeptSession[]> => {
    const [row, useRow] = await Promise.all([table.getAgain(each.token), table.getAgain(useKey(each.token))]);
    if (row === undefined) return [];
    return [{ ...each, row, session: sessionOf(table, tokenRows.readOrLeaveOut(table, row), useRow) }];
  };
  return (await Promise.all(keys.map(read))).flat();
};

/** A user's sessions, those that cannot be read as well. */
export const keptSessionsOf = async (table: Table, user_id: number): Promise<KeptSession[]> =>
  kept(table, await pointersOf(table, user_id));

/** A user's sessions. */
export const sessionsOf = async (table: Table, user_id: number): Promise<Session[]> =>
  (await keptSessionsOf(table, user_id)).flatMap(({ session }) => session ?? []);

/**
 * The id by which people name a session, and by which nobody can use it: a positive integer below 2^48, of the hash of its token.
 *
 * @param token the key of the session's row
 */
export const sessionId = ({ pk }: Key): number =>
  Buffer.from(pk.slice(partitions.token.length), 'base64url').readUIntBE(0, 6) || 1;

/**
 * What ends sessions of a user at once, for a transaction: all but the one of the request, if that has one. What points to them is
 * left, and points to nothing. One who has many more than a user may, as release 0.2 has let some, loses before those for which the
 * transaction has no place.
 *
 * @param current the key of the row of the session that stays
 */
export const endOthers = async (
  table: Table,
  user_id: number,
  current: Key | undefined,
): Promise<Write[]> => {
  const sessions = await keptSessionsOf(table, user_id);
  const others = sessions.filter(({ token }) => token.pk !== current?.pk);
  await endMany(table, others.slice(MOST_SESSIONS));
  return others.slice(0, MOST_SESSIONS).map(({ token }) => removed(token));
};

/** What ends a session. */
export const ended = ({ pointer, token }: SessionKeys, now: Date): Write[] => [
  removed(token),
  removed(pointer),
  useEnded(token, now),
];
/** So many sessions end in one transaction. */
export const ENDED_AT_ONCE = MOST_ACTIONS / 3;

/**
 * Ends sessions, however many, in little time: what points to them is left, and points to nothing. A partition takes 1,000 write
 * units a second, and all that points to a user's sessions is in one.
 */
export const endMany = (table: Table, keys: readonly SessionKeys[]): Promise<void> =>
  inPortions(table, keys, MOST_ACTIONS, ({ token }) => [removed(token)], SIDE_BY_SIDE);

/** Ends a session of a user, for a transaction. */
export const endSession = (token: string, user_id: number, now: Date): Write[] =>
  ended({ pointer: sessionPointerKey(token, user_id), token: tokenKey(token) }, now);

/** Those sessions that have to end for there to be no more than so many. */
export const beyond = (most: number, sessions: readonly KeptSession[], now: Date): KeptSession[] =>
  inOrderOfEnding(sessions, now).slice(0, Math.max(0, sessions.length - most));

/** Thrown when there is no such user. */
export class NoSuchUser extends Error {}

/** Sessions may be opened while all are ended; so often it is looked whether there are more. */
const MOST_LOOKS = 20;

/**
 * Ends all sessions of a user, those too that are opened meanwhile. One that was about to be opened is looked at anew: it was
 * opened after that.
 *
 * @returns how many there were
 * @throws {NoSuchUser}
 */
export const endAllSessions = async (table: Table, user_id: number, now: Date): Promise<number> => {
  const changed: Write = {
    update: {
      Key: userKey(user_id),
      UpdateExpression: 'ADD roles_version :one',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':one': 1 },
    },
    refused: () => new NoSuchUser(`there is no user ${user_id}`),
  };
  await table.transact([changed]);
  let count = 0;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const pointers = await pointersOf(table, user_id);
    if (pointers.length === 0) return count;
    if (pointers.length > ENDED_AT_ONCE) await endMany(table, pointers);
    await inPortions(table, pointers, ENDED_AT_ONCE, (each) => ended(each, now));
    count += pointers.length;
  }
  throw new Error(`user ${user_id} opens sessions faster than they end`);
};
