import type { IdempotencyKey } from '../table/idempotency-key.ts';
import type { IdempotencyRecord } from '../table/idempotency-record.ts';
import type { Table } from '../table/table.ts';
import { ChangedMeanwhile } from '../table/until-unchanged.ts';
import type { Write } from '../table/write.ts';
import { type OpenedSession, stateOf } from './session.ts';
import { makeRoom } from './session-room.ts';
import { findSession, rowOfSession, sessionPointer } from './tokens.ts';
import type { User } from './user.ts';
import { untilUserUnchanged, userKey } from './users.ts';

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
 * Opens a session of a user, with the roles that it holds at that moment. If the user has as many as it may, another ends.
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
    const room = await makeRoom(table, user_id, opening.now);
    await table.transact([
      ...more(user),
      {
        update: {
          Key: userKey(user_id),
          UpdateExpression: 'ADD sessions_made :one',
          // Others may be opened at the same time, as long as there is room for all of them.
          ConditionExpression: 'roles_version = :version AND sessions_made <= :most',
          ExpressionAttributeValues: {
            ':one': 1,
            ':version': user.roles_version,
            ':most': user.sessions_made + room.besides,
          },
        },
        refused: () => new ChangedMeanwhile(),
      },
      ...sessionWrites(opened),
      ...room.writes,
    ]);
    return { ...opened, user };
  });

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
