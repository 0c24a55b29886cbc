import { isDeepStrictEqual } from 'node:util';
import type { HeldRoles } from '../domain/caller.ts';
import type { User } from '../domain/user.ts';
import { sessionRowsOf } from './sessions.ts';
import type { Key, Table, Write } from './table.ts';
import { findUser, ignoreUserChanged, UserChanged, untilUserUnchanged, userKey } from './users.ts';

/** DynamoDB takes 100 actions in a transaction; those that a change of roles needs besides have room enough. */
const SESSIONS_IN_TRANSACTION = 90;

/**
 * Changes a user's roles, for sessions that exist already as well: with the change itself for as many of them as a
 * transaction takes, and right after it for the others.
 *
 * @param change the new roles, from those held; undefined to leave all as it is
 * @param more what else the change writes
 * @returns the user as it then is; undefined if all was left as it is
 */
export const changeRoles = (
  table: Table,
  user_id: number,
  change: (user: User) => HeldRoles | undefined,
  more: (user: User) => readonly Write[] = () => [],
): Promise<User | undefined> =>
  untilUserUnchanged(table, user_id, async (user) => {
    const held = change(user);
    if (held === undefined) return undefined;
    const after = { ...user, held };
    const sessions = await sessionRowsOf(table, user_id);
    await table.transact([
      ...more(after),
      {
        update: {
          Key: userKey(user_id),
          UpdateExpression: 'SET held = :held ADD roles_version :one',
          ConditionExpression: 'roles_version = :version AND sessions_made = :sessions',
          ExpressionAttributeValues: {
            ':held': held,
            ':one': 1,
            ':version': user.roles_version,
            ':sessions': user.sessions_made,
          },
        },
        refused: () => new UserChanged(),
      },
      ...sessions.slice(0, SESSIONS_IN_TRANSACTION).map(({ key }) => heldBySession(key, held)),
    ]);
    if (sessions.length > SESSIONS_IN_TRANSACTION) await reachOthers(table, after, user.roles_version + 1);
    return after;
  });

/** Gives a user's roles to the sessions that do not hold them yet, as long as no later change of the roles does that. */
const reachOthers = async (table: Table, { user_id, held }: User, version: number): Promise<void> => {
  for (;;) {
    const others = (await sessionRowsOf(table, user_id)).filter(
      ({ row }) => !isDeepStrictEqual(row.held, held),
    );
    const user = await findUser(table, user_id);
    if (others.length === 0 || user?.roles_version !== version) return;
    const check: Write = {
      check: {
        Key: userKey(user_id),
        ConditionExpression: 'roles_version = :version',
        ExpressionAttributeValues: { ':version': version },
      },
      refused: () => new UserChanged(),
    };
    const next = others.slice(0, SESSIONS_IN_TRANSACTION).map(({ key }) => heldBySession(key, held));
    await table.transact([check, ...next]).catch(ignoreUserChanged);
  }
};

const heldBySession = (Key: Key, held: HeldRoles): Write => ({
  update: {
    Key,
    UpdateExpression: 'SET held = :held',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':held': held },
  },
  refused: () => new UserChanged(),
});
