import { isDeepStrictEqual } from 'node:util';
import type { Key } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import { ChangedMeanwhile } from '../table/until-unchanged.ts';
import type { Write } from '../table/write.ts';
import type { HeldRoles } from './caller.ts';
import { MOST_SESSIONS } from './session.ts';
import type { User } from './user.ts';
import { beyond, endMany, type KeptSession, keptSessionsOf, MOST_ACTIONS } from './user-sessions.ts';
import { changedUser, untilUserUnchanged } from './users.ts';

/** A change of a user's roles. */
interface Change {
  /** The new roles, from those held; undefined to leave those. */
  held(user: User): HeldRoles | undefined;
  now: Date;
  /** The key of the row of the session that asks for it, which is thus in use. */
  current?: Key;
}

/** What a change of roles came to. */
export interface RolesHeld {
  user: User;
  /** Whether the user held others before. */
  isNew: boolean;
  /** How many of its sessions did. */
  sessions: number;
}

/**
 * A user's sessions, as many as a transaction takes: of one who has more, as release 0.2 has let some, those end that are beyond
 * what a user may have.
 */
const sessionsToChange = async (
  table: Table,
  user_id: number,
  { now, current }: Change,
): Promise<KeptSession[]> => {
  const sessions = await keptSessionsOf(table, user_id);
  if (sessions.length <= MOST_ACTIONS) return sessions;
  const others = sessions.filter(({ token }) => token.pk !== current?.pk);
  const ends = beyond(MOST_SESSIONS - (sessions.length - others.length), others, now);
  await endMany(table, ends);
  return sessions.filter((session) => !ends.includes(session));
};

/**
 * Changes a user's roles, in one transaction with all sessions that exist. A session that holds others than its user, as an
 * earlier release could leave it, holds the same after it, also if there are no new ones. When the user changes at the same time, it is
 * done anew.
 *
 * @param commit commits the writes, in a transaction with whatever belongs to the user as it then is; also when there are no new roles,
 *   but sessions that hold others
 */
export const changeRoles = (
  table: Table,
  user_id: number,
  change: Change,
  commit: (held: RolesHeld, writes: readonly Write[]) => Promise<unknown>,
): Promise<RolesHeld> =>
  untilUserUnchanged(table, user_id, async (user) => {
    const wanted = change.held(user);
    const after = { ...user, held: wanted ?? user.held };
    const isNew = !isDeepStrictEqual(after.held, user.held);
    const others = (await sessionsToChange(table, user_id, change)).filter(
      ({ row }) => !isDeepStrictEqual(row.held, after.held),
    );
    const held: RolesHeld = { user: after, isNew, sessions: others.length };
    if (!isNew && others.length === 0) return held;
    await commit(held, [
      changedUser(user, { held: after.held }),
      ...others.map(({ token }) => heldBySession(token, after.held)),
    ]);
    return held;
  });

const heldBySession = (Key: Key, held: HeldRoles): Write => ({
  update: {
    Key,
    UpdateExpression: 'SET held = :held',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':held': held },
  },
  refused: () => new ChangedMeanwhile(),
});
