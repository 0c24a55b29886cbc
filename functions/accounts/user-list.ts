import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { partitions } from '../table/partitions.ts';
import type { Key, Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { User } from './user.ts';

/**
 * The lists of users: all of them by when they registered, the employees, and who is invited to be one. Without lists, whoever looks for users would have to
 * read the whole table. An entry only says which user it is; what is told of the user is read from its own row.
 */
export const USER_LISTS = { users: 'USER#', employees: 'EMPLOYEE#', invited: 'INVITED#' } as const;

/** Entries of the lists of users. */
export const listedUserRows = new RowKind(z.object({ sk: z.string(), user_id: id }));

/** The entry of a user among all. */
export const rowInUsers = ({ user_id, created_at }: Pick<User, 'user_id' | 'created_at'>): Row & Key => ({
  pk: partitions.users,
  sk: `${USER_LISTS.users}${created_at}#${user_id}`,
  user_id,
});

/** The entry of a user among the employees. */
export const rowInEmployees = ({ user_id }: Pick<User, 'user_id'>): Row & Key => ({
  pk: partitions.users,
  sk: `${USER_LISTS.employees}${user_id}`,
  user_id,
});

/** The entry of a user among those who are invited to be employees. */
export const rowInInvited = ({ user_id }: Pick<User, 'user_id'>): Row & Key => ({
  pk: partitions.users,
  sk: `${USER_LISTS.invited}${user_id}`,
  user_id,
});

/** Where it stands since when all users there are have been in the lists: those that release 0.2 made were put there later. */
export const COMPLETE_KEY: Key = { pk: partitions.users, sk: 'COMPLETE' };
export const completeListRows = new RowKind(z.object({ since: z.iso.datetime() }));
