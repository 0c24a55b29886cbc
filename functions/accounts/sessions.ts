import { type IdempotencyKey, KeyUsed } from '../table/idempotency-key.ts';
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

/** A session that is about to be opened, for its user as it is at that moment. */
export interface Opened extends OpenedSession {
  user: User;
}

/**
 * Opens a session of a user, with the roles that it holds at that moment. If the user has as many as it may, another ends. When the
 * user changes at the same time, it is opened anew.
 *
 * @param commit commits the writes that open the session, in a transaction with whatever belongs to it
 * @returns whatever `commit` gives
 */
export const openSession = <T>(
  table: Table,
  user_id: number,
  opening: Opening,
  commit: (opened: Opened, writes: readonly Write[]) => Promise<T>,
): Promise<T> =>
  untilUserUnchanged(table, user_id, async (user) => {
    const opened = newSession(user, opening);
    const room = await makeRoom(table, user_id, opening.now);
    return commit({ ...opened, user }, [
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
  });

/** So often a session is given again while another request with the same key does the same. */
const MOST_TRIES = 5;

/** What it takes to give a session again: the key, what only the user's password gives, and what is remembered. */
interface Reopening extends Omit<Opening, 'token'> {
  seed: Buffer;
  key: IdempotencyKey;
  record: IdempotencyRecord;
}

/**
 * Gives the session again that signing in opened under an idempotency key, or one in its place if that has ended.
 *
 * @param permitted the writes that refuse when it may no longer be given
 */
export const reopenSession = async (
  table: Table,
  user_id: number,
  { seed, key, record, remember_me, now }: Reopening,
  permitted: readonly Write[],
): Promise<OpenedSession> => {
  let current = record;
  for (let tries = 1; ; tries += 1) {
    const token = key.sessionToken(seed, current);
    const session = await findSession(table, token);
    if (session !== undefined && stateOf(session, now) === 'live') {
      await table.transact(permitted);
      return { token, session };
    }
    const opening = { token: key.sessionToken(seed), remember_me, now };
    const resalted = key.resalted(current);
    try {
      return await openSession(table, user_id, opening, async (opened, writes) => {
        await table.transact([...permitted, resalted, ...writes]);
        return opened;
      });
    } catch (error) {
      // Another request has put a session in its place meanwhile: that is the one to give.
      if (!(error instanceof KeyUsed) || tries === MOST_TRIES) throw error;
      current = error.record;
    }
  }
};
