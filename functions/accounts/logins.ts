import * as z from 'zod/mini';
import { sameAddressKey } from '../contract/email-address.ts';
import { id } from '../contract/params.ts';
import { conditionHolds } from '../table/condition.ts';
import { digest } from '../table/digest.ts';
import { knownKinds } from '../table/known-kinds.ts';
import { partitions } from '../table/partitions.ts';
import type { Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import type { Write } from '../table/write.ts';
import { type PasswordHash, passwordHashSchema } from './passwords.ts';

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

/** One row for each address, which is thus one user's. */
export const loginKey = (email: string): Key => ({
  pk: `${partitions.login}${digest(sameAddressKey(email))}`,
  sk: 'LOGIN',
});

/** The login of an e-mail address, however it is written, if somebody has it. */
export const findLogin = async (table: Table, email: string): Promise<Login | undefined> => {
  const row = await table.get(loginKey(email));
  return row && loginRows.read(row);
};

/** A login of which it is known that it is there: a transaction that saved it has been seen. */
export const findSavedLogin = async (table: Table, email: string): Promise<Login | undefined> => {
  const row = await table.getSerializable(loginKey(email));
  return row && loginRows.read(row);
};

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
