import type { HeldRoles } from '../domain/caller.ts';
import type { User } from '../domain/user.ts';
import { sessionKeysOf } from './sessions.ts';
import type { Key, Table, Write } from './table.ts';
import { ignoreUserChanged, UserChanged, untilUserUnchanged, userKey } from './users.ts';

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
    const writes = (await sessionKeysOf(table, user_id)).map((Key) => heldBySession(Key, held));
    await table.transact([
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
      ...more(after),
      ...writes.slice(0, SESSIONS_IN_TRANSACTION),
    ]);
    for (const write of writes.slice(SESSIONS_IN_TRANSACTION)) {
      await table.transact([write]).catch(ignoreUserChanged);
    }
    return after;
  });

const heldBySession = (Key: Key, held: HeldRoles): Write => ({
  update: {
    Key,
    UpdateExpression: 'SET held = :held',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':held': held },
  },
  refused: () => new UserChanged(),
});
