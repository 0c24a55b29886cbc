import * as z from 'zod/mini';
import { SCOPES, type Scope } from '../contract/define-route.ts';
import { id } from '../contract/params.ts';
import { Refused } from '../contract/refused.ts';
import { partitions } from '../contract/table-partitions.ts';
import { MAX_AGE_MS, REMEMBERED_AS_EXPIRED_MS, type Session } from '../domain/session.ts';
import { digest } from './digest.ts';
import { isConditionFailed, type Key, type Row, type Table } from './table.ts';

/** What a token stands for. */
export type Credential =
  | { kind: 'session'; session: Session }
  | { kind: 'application'; application_id: number; name: string; scopes: readonly Scope[] };

/** The roles that a user holds. */
export const heldSchema = z.object({
  client_id: z.nullable(id),
  employee: z.boolean(),
  liaison_for: z.nullable(z.array(id)),
});

export const sessionRow = z.object({
  kind: z.literal('session'),
  user_id: id,
  name: z.string(),
  held: heldSchema,
  remember_me: z.boolean(),
  created_at: z.string(),
  last_used_at: z.string(),
});
const applicationRow = z.object({
  kind: z.literal('application'),
  application_id: id,
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
});
const tokenRow = z.discriminatedUnion('kind', [sessionRow, applicationRow]);

/** A token as it is written: its kind, and 256 random bits in base64url. */
const TOKEN = /^(ses|app)_[A-Za-z0-9_-]{43}$/;

/** Whether a text has the form of a token. */
export const isToken = (text: string): boolean => TOKEN.test(text);

/** Only a token's SHA-256 is stored. */
export const tokenKey = (token: string): Key => ({
  pk: `${partitions.token}${digest(token)}`,
  sk: 'TOKEN',
});

/** What a token stands for; undefined for one that is unknown or revoked. */
export const findCredential = async (table: Table, token: string): Promise<Credential | undefined> => {
  const row = await table.get(tokenKey(token));
  if (row === undefined) return undefined;
  const parsed = tokenRow.parse(row);
  return parsed.kind === 'session' ? { kind: 'session', session: parsed } : parsed;
};

/** When DynamoDB may forget a session, in seconds since the epoch: never one that was made with `remember_me`. */
const expiryAttribute = ({ created_at, remember_me }: Pick<Session, 'created_at' | 'remember_me'>) =>
  remember_me
    ? {}
    : { expires_at: Math.ceil((Date.parse(created_at) + MAX_AGE_MS + REMEMBERED_AS_EXPIRED_MS) / 1_000) };

/** The row in a user's partition by which its sessions are found. */
export const sessionPointer = (token: string, session: Session): Row & Key => ({
  ...sessionPointerKey(token, session.user_id),
  token_pk: tokenKey(token).pk,
  ...expiryAttribute(session),
});

export const sessionPointerKey = (token: string, user_id: number): Key => ({
  pk: `${partitions.user}${user_id}`,
  sk: `SESSION#${tokenKey(token).pk}`,
});

/** The row of a session. DynamoDB forgets it some time after nobody can be told any more that it has expired. */
export const rowOfSession = (token: string, session: Session): Row => ({
  ...tokenKey(token),
  kind: 'session',
  ...session,
  ...expiryAttribute(session),
});

/** The row of an application's token. */
export const rowOfApplication = (
  token: string,
  application: Omit<Extract<Credential, { kind: 'application' }>, 'kind'>,
): Row => ({ ...tokenKey(token), kind: 'application', ...application });

/**
 * Has the use of a session recorded by the next transaction, or by `recordLeftOverUse`. A session that was revoked
 * meanwhile refuses the transaction with `invalid-token`.
 */
export const recordUse = (table: Table, token: string, now: Date): void =>
  table.ride({
    update: {
      Key: tokenKey(token),
      UpdateExpression: 'SET last_used_at = :now',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':now': now.toISOString() },
    },
    refused: () => new Refused('invalid-token'),
  });

/** Records the use of a session by itself when the request had no transaction that it could join. */
export const recordLeftOverUse = async (table: Table): Promise<void> => {
  const update = table.takeLeftOver()?.update;
  if (update === undefined) return;
  try {
    await table.update(update);
  } catch (error) {
    // Revoked meanwhile: there is no use left to record.
    if (!isConditionFailed(error)) throw error;
  }
};
