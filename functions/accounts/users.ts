import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { partitions } from '../table/partitions.ts';
import type { Key, Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { ChangedMeanwhile, MOST_TRIES, untilUnchanged } from '../table/until-unchanged.ts';
import { unconditional, type Write } from '../table/write.ts';
import { loginKey } from './logins.ts';
import type { PasswordHash } from './passwords.ts';
import { heldSchema } from './tokens.ts';
import type { User } from './user.ts';
import { rowInEmployees, rowInUsers } from './user-list.ts';

/** A user as it is kept. */
export interface UserRow extends User {
  /** Grows with every change of the roles: a session that is made meanwhile would hold the old ones. */
  roles_version: number;
  /** Grows with every session: a change of the roles meanwhile would miss it. */
  sessions_made: number;
}

/** Users. */
export const userRows = new RowKind<UserRow>(
  z.object({
    user_id: id,
    name: z.string(),
    email: z.string(),
    // Those whom an earlier release has registered count as verified: nobody's e-mail is to stop by a deployment.
    email_verified: z._default(z.boolean(), true),
    held: heldSchema,
    created_at: z.iso.datetime(),
    roles_version: z.int(),
    sessions_made: z.int(),
  }),
);

export const userKey = (user_id: number): Key => ({ pk: `${partitions.user}${user_id}`, sk: 'USER' });

/** Thrown when an e-mail address belongs to a user already. */
export class EmailTaken extends Error {}

/** The user of an id as it is now, if there is one. */
export const findUser = async (table: Table, user_id: number): Promise<UserRow | undefined> => {
  const row = await table.getAgain(userKey(user_id));
  return row && userRows.read(row);
};

/** In the place of a hash, of a user who has yet to set a password: no password is the right one. */
const NO_PASSWORD = { algorithm: 'none' };

/** The rows of a user who has no session yet. */
export const rowsOfUser = (
  user: User,
  password: PasswordHash | undefined,
): [login: Row, user: Row, listed: Row, ...more: Row[]] => [
  { ...loginKey(user.email), user_id: user.user_id, password: password ?? NO_PASSWORD },
  { ...userKey(user.user_id), ...user, roles_version: 1, sessions_made: 0 },
  rowInUsers(user),
  ...(user.held.employee ? [rowInEmployees(user)] : []),
];

/**
 * Saves a new user, for the transaction that saves its first session, or without a password for the one that invites it. It is
 * refused with `EmailTaken` if another user has the address, one that registers at the same time included.
 */
export const saveNewUser = (user: User, password: PasswordHash | undefined): Write[] => {
  const [login, row, listed] = rowsOfUser(user, password);
  return [
    {
      put: { Item: login, ConditionExpression: 'attribute_not_exists(pk)' },
      refused: () => new EmailTaken(),
    },
    {
      put: {
        Item: { ...row, sessions_made: password === undefined ? 0 : 1 },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
      refused: () => new Error('two users have one id'),
    },
    { put: { Item: listed }, refused: unconditional },
  ];
};

/**
 * Changes a user who is as it was read, sessions included; what depends on how it was is refused from then on, such as a session that
 * is about to be opened.
 */
export const changedUser = (
  { user_id, roles_version, sessions_made }: UserRow,
  changed: Partial<Pick<UserRow, 'held' | 'email_verified'>> = {},
): Write => {
  const names = Object.keys(changed);
  return {
    update: {
      Key: userKey(user_id),
      UpdateExpression: `${names.length > 0 ? `SET ${names.map((name) => `${name} = :${name}`).join(', ')} ` : ''}ADD roles_version :one`,
      ConditionExpression: 'roles_version = :version AND sessions_made = :sessions',
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(changed).map(([name, value]) => [`:${name}`, value])),
        ':one': 1,
        ':version': roles_version,
        ':sessions': sessions_made,
      },
    },
    refused: () => new ChangedMeanwhile(),
  };
};

/** Others are given a moment of up to so many milliseconds each time. */
const LONGEST_PAUSE_MS = 50;

/**
 * Does what depends on the user as it is, anew when the user changes at the same time.
 *
 * @param commit throws `ChangedMeanwhile` when the user has changed
 * @throws {TableUnavailable} if it changes every time
 */
export const untilUserUnchanged = <T>(
  table: Table,
  user_id: number,
  commit: (user: UserRow) => Promise<T>,
): Promise<T> =>
  untilUnchanged(MOST_TRIES, async (anew) => {
    if (anew) await setTimeout(Math.random() * LONGEST_PAUSE_MS);
    const user = await findUser(table, user_id);
    if (user === undefined) throw new Error(`there is no user ${user_id}`);
    return commit(user);
  });
