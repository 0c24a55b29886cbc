import * as z from 'zod/mini';
import { type OpenedSession, type Session, stateOf } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { IdempotencyKey } from './idempotency.ts';
import type { IdempotencyRecord } from './idempotency-record.ts';
import type { Key, Row, Table, Write } from './table.ts';
import { rowOfSession, sessionPointer, sessionPointerKey, sessionRow, tokenKey } from './tokens.ts';
import { UserChanged, untilUserUnchanged, userKey } from './users.ts';

/** How a session is opened. */
interface Opening {
  token: string;
  remember_me: boolean;
  now: Date;
}

/** A new session with its token. */
export const newSession = (user: User, { token, remember_me, now }: Opening): OpenedSession => ({
  token,
  session: {
    user_id: user.user_id,
    name: user.name,
    held: user.held,
    remember_me,
    created_at: now.toISOString(),
    last_used_at: now.toISOString(),
  },
});

/** What saves a new session. */
export const sessionWrites = ({ token, session }: OpenedSession): Write[] =>
  [rowOfSession(token, session), sessionPointer(token, session)].map((Item) => ({
    put: { Item, ConditionExpression: 'attribute_not_exists(pk)' },
    refused: () => new Error('two sessions have one token'),
  }));

/**
 * Opens a session of a user, with the roles that it holds at that moment.
 *
 * @param more what has to be saved with it
 */
export const openSession = (
  table: Table,
  user_id: number,
  opening: Opening,
  more: (user: User) => readonly Write[] = () => [],
): Promise<OpenedSession & { user: User }> =>
  untilUserUnchanged(table, user_id, async (user) => {
    const opened = newSession(user, opening);
    await table.transact([
      ...more(user),
      {
        update: {
          Key: userKey(user_id),
          UpdateExpression: 'ADD sessions_made :one',
          ConditionExpression: 'roles_version = :version',
          ExpressionAttributeValues: { ':one': 1, ':version': user.roles_version },
        },
        refused: () => new UserChanged(),
      },
      ...sessionWrites(opened),
    ]);
    return { ...opened, user };
  });

const pointerRow = z.object({ token_pk: z.string() });

/** A user's sessions with their keys. DynamoDB forgets a session and what points to it apart, so not all may be there. */
export const sessionRowsOf = async (table: Table, user_id: number): Promise<{ key: Key; row: Row }[]> => {
  const pointers = z.array(pointerRow).parse(await table.query(userKey(user_id).pk, 'SESSION#'));
  const keys = pointers.map(({ token_pk: pk }) => ({ pk, sk: tokenKey('').sk }));
  const rows = await Promise.all(keys.map(async (key) => ({ key, row: await table.getAgain(key) })));
  return rows.flatMap(({ key, row }) => (row === undefined ? [] : [{ key, row }]));
};

/** The session of a token, as it is now. */
export const findSession = async (table: Table, token: string): Promise<Session | undefined> => {
  const row = await table.getSerializable(tokenKey(token));
  return row && sessionRow.parse(row);
};

/** A user's sessions. */
export const sessionsOf = async (table: Table, user_id: number): Promise<Session[]> =>
  (await sessionRowsOf(table, user_id)).map(({ row }) => sessionRow.parse(row));

/**
 * Gives the session again that signing in opened under an idempotency key, or one in its place if that has ended.
 *
 * @param seed what only the user's password gives
 * @param more what has to hold, or be saved with it
 */
export const reopenSession = async (
  table: Table,
  user_id: number,
  { seed, key, record }: { seed: Buffer; key: IdempotencyKey; record: IdempotencyRecord },
  { remember_me, now }: Omit<Opening, 'token'>,
  more: readonly Write[],
): Promise<OpenedSession> => {
  const token = key.sessionToken(seed, record);
  const session = await findSession(table, token);
  if (session !== undefined && stateOf(session, now) === 'live') {
    await table.transact(more);
    return { token, session };
  }
  const opening = { token: key.sessionToken(seed), remember_me, now };
  return openSession(table, user_id, opening, () => [...more, key.resalted(record)]);
};

/**
 * Ends a session.
 *
 * @param more what has to be saved with it
 */
export const endSession = (
  table: Table,
  token: string,
  user_id: number,
  more: readonly Write[],
): Promise<void> =>
  table.transact([...more, removed(tokenKey(token)), removed(sessionPointerKey(token, user_id))]);

/**
 * Ends all sessions of a user.
 *
 * @returns how many there were
 */
export const endAllSessions = async (table: Table, user_id: number): Promise<number> => {
  const pointers = await table.query(userKey(user_id).pk, 'SESSION#');
  for (const { pk, sk, token_pk } of z
    .array(z.extend(pointerRow, { pk: z.string(), sk: z.string() }))
    .parse(pointers)) {
    await table.transact([removed({ pk: token_pk, sk: tokenKey('').sk }), removed({ pk, sk })]);
  }
  return pointers.length;
};

const removed = (Key: Key): Write => ({
  remove: { Key },
  refused: () => new Error('a removal without a condition was refused'),
});
