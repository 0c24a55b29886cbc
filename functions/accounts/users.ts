import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';
import { sameAddressKey } from '../contract/email-address.ts';
import { id } from '../contract/params.ts';
import { conditionHolds } from '../table/condition.ts';
import { digest } from '../table/digest.ts';
import { knownKinds } from '../table/known-kinds.ts';
import { partitions } from '../table/partitions.ts';
import { expiresAt, type Key, type Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { ChangedMeanwhile, untilUnchanged } from '../table/until-unchanged.ts';
import { unconditional, type Write } from '../table/write.ts';
import { type PasswordHash, passwordHashSchema } from './passwords.ts';
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

/** What signing in with an e-mail address takes. */
export interface Login {
  user_id: number;
  /** Undefined for one that was hashed in a way that only another release knows: no password is the right one here. */
  password: PasswordHash | undefined;
  /** Grows with every password that the user sets; one that is only hashed anew is the same. */
  password_version: number;
  /** When the password was last reset by a link; undefined if it never was. */
  reset_at?: string | undefined;
  /** Since when an operator keeps the user out; undefined for one who may sign in. */
  blocked_at?: string | undefined;
}

/** Logins. */
export const loginRows = new RowKind<Login>(
  z.object({
    user_id: id,
    password: knownKinds('algorithm', { scrypt: passwordHashSchema }),
    password_version: z._default(z.int(), 0),
    reset_at: z.optional(z.iso.datetime()),
    blocked_at: z.optional(z.iso.datetime()),
  }),
);

export const userKey = (user_id: number): Key => ({ pk: `${partitions.user}${user_id}`, sk: 'USER' });

/** One row for each address, which is thus one user's. */
export const loginKey = (email: string): Key => ({
  pk: `${partitions.login}${digest(sameAddressKey(email))}`,
  sk: 'LOGIN',
});

/** Thrown when an e-mail address belongs to a user already. */
export class EmailTaken extends Error {}
export const findUser = async (table: Table, user_id: number): Promise<UserRow | undefined> => {
  const row = await table.getAgain(userKey(user_id));
  return row && userRows.read(row);
};

export const findLogin = async (table: Table, email: string): Promise<Login | undefined> => {
  const row = await table.get(loginKey(email));
  return row && loginRows.read(row);
};

/** A login of which it is known that it is there: a transaction that saved it has been seen. */
export const findSavedLogin = async (table: Table, email: string): Promise<Login | undefined> => {
  const row = await table.getSerializable(loginKey(email));
  return row && loginRows.read(row);
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
 * Saves a new user, for the transaction that saves its first session, or without a password for the one that invites it. It is refused with `EmailTaken` if another user has the
 * address, one that registers at the same time included.
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

/** So often something is tried while the user changes at the same time: each time, somebody else got through. */
const MOST_TRIES = 20;
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

/** Replaces a password's hash, unless that has happened meanwhile. */
export const replacePassword = async (
  table: Table,
  email: string,
  old: PasswordHash,
  password: PasswordHash,
): Promise<void> => {
  await conditionHolds(
    table.update({
      Key: loginKey(email),
      UpdateExpression: 'SET password = :new',
      ConditionExpression: 'password.#hash = :old',
      ExpressionAttributeNames: { '#hash': 'hash' },
      ExpressionAttributeValues: { ':new': password, ':old': old.hash },
    }),
  );
};

/** The condition that a user is not kept out. */
export const NOT_BLOCKED = 'attribute_not_exists(blocked_at)';

/**
 * The hash that a password must match for somebody to sign in. Of a user who is blocked it is undefined, as of one whom there is not:
 * so it takes as long to say that it is wrong.
 */
export const hashToSignIn = (login: Login | undefined): PasswordHash | undefined =>
  login?.blocked_at === undefined ? login?.password : undefined;

/** Thrown when the password of a user is another one than that which was read. */
export class PasswordChanged extends Error {}

/** The condition that a user's password is still the one that was read. */
const samePassword = ({ password_version }: Login) =>
  password_version === 0
    ? { condition: 'attribute_exists(pk) AND attribute_not_exists(password_version)', values: {} }
    : { condition: 'password_version = :seen', values: { ':seen': password_version } };

/** Refuses, with `PasswordChanged`, what was begun with a password that is another one by now, or whose user is blocked by now. */
export const passwordUnchanged = (email: string, login: Login): Write => {
  const { condition, values } = samePassword(login);
  return {
    check: {
      Key: loginKey(email),
      ConditionExpression: `${condition} AND ${NOT_BLOCKED}`,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    },
    refused: () => new PasswordChanged(),
  };
};

/**
 * Sets another password, for the transaction that ends the sessions which were opened with the one before; `PasswordChanged` if that has
 * happened meanwhile.
 *
 * @param reset_at when, if it is by a link: from then on no source is familiar
 */
export const setPassword = (
  email: string,
  login: Login,
  password: PasswordHash,
  reset_at: Date | undefined,
): Write => {
  const { condition, values } = samePassword(login);
  return {
    update: {
      Key: loginKey(email),
      UpdateExpression: `SET password = :new${reset_at === undefined ? '' : ', reset_at = :reset'} ADD password_version :one`,
      ConditionExpression: condition,
      ExpressionAttributeValues: {
        ...values,
        ':new': password,
        ':one': 1,
        ...(reset_at !== undefined && { ':reset': reset_at.toISOString() }),
      },
    },
    refused: () => new PasswordChanged(),
  };
};

/** For how long it is remembered that a user signed in from an address. */
const FAMILIAR_FOR_MS = 90 * 24 * 60 * 60 * 1_000;

const sourceKey = (email: string, source: string): Key => ({
  pk: loginKey(email).pk,
  sk: `SOURCE#${digest(source)}`,
});

/** From where users signed in, until which time (in seconds since the epoch). */
export const sourceRows = new RowKind(z.object({ expires_at: z.number() }));

/** When the user of an e-mail address last signed in from this address (of the network); undefined if not in the last months. */
export const lastSignInFrom = async (
  table: Table,
  email: string,
  source: string,
  now: Date,
): Promise<Date | undefined> => {
  const row = await table.get(sourceKey(email, source));
  const until = ((row && sourceRows.readOrLeaveOut(table, row))?.expires_at ?? 0) * 1_000;
  return until > now.getTime() ? new Date(until - FAMILIAR_FOR_MS) : undefined;
};

/** Whether a sign-in is from where the user has signed in before, since the password was last reset. */
export const isFamiliar = ({ reset_at }: Login, lastSignIn: Date | undefined): boolean =>
  lastSignIn !== undefined && (reset_at === undefined || lastSignIn > new Date(reset_at));

/** Remembers that the user of an e-mail address signed in from this address (of the network). */
export const familiarSource = (email: string, source: string, now: Date): Write => ({
  put: {
    Item: { ...sourceKey(email, source), expires_at: expiresAt(now.getTime() + FAMILIAR_FOR_MS) },
  },
  refused: unconditional,
});
