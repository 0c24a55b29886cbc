import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { SCOPES, type Scope } from '../contract/define-route.ts';
import { id } from '../contract/params.ts';
import { Refused } from '../contract/refused.ts';
import { expiryOf, MAX_AGE_MS, REMEMBERED_AS_EXPIRED_MS, type Session } from '../domain/session.ts';
import type { Key, Row, Table } from './table.ts';

/** What a token stands for. */
export type Credential =
  | { kind: 'session'; session: Session }
  | { kind: 'application'; application_id: number; name: string; scopes: readonly Scope[] };

const sessionRow = z.object({
  kind: z.literal('session'),
  user_id: id,
  name: z.string(),
  held: z.object({ client_id: z.nullable(id), employee: z.boolean(), liaison_for: z.nullable(z.array(id)) }),
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
const tokenKey = (token: string): Key => ({
  pk: `TOKEN#${createHash('sha256').update(token).digest('base64url')}`,
  sk: 'TOKEN',
});

/** What a token stands for; undefined for one that is unknown or revoked. */
export const findCredential = async (table: Table, token: string): Promise<Credential | undefined> => {
  const row = await table.get(tokenKey(token));
  if (row === undefined) return undefined;
  const parsed = tokenRow.parse(row);
  return parsed.kind === 'session' ? { kind: 'session', session: parsed } : parsed;
};

/** The row of a session. DynamoDB forgets it some time after nobody can be told any more that it has expired. */
export const rowOfSession = (token: string, session: Session): Row => ({
  ...tokenKey(token),
  kind: 'session',
  ...session,
  ...(Number.isFinite(expiryOf(session)) && {
    expires_at: Math.ceil((Date.parse(session.created_at) + MAX_AGE_MS + REMEMBERED_AS_EXPIRED_MS) / 1_000),
  }),
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
  const update = table.leftOver?.update;
  if (update === undefined) return;
  try {
    await table.update(update);
  } catch (error) {
    // Revoked meanwhile: there is no use left to record.
    if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
  }
};
