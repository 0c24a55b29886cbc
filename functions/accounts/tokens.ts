import * as z from 'zod/mini';
import { looseObject, object } from '../contract/objects.ts';
import { id } from '../contract/params.ts';
import { digest } from '../table/digest.ts';
import { knownKinds } from '../table/known-kinds.ts';
import { partitions } from '../table/partitions.ts';
import { expiresAt, type Key, type Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { forgottenAt, type Session } from './session.ts';
import { lastUseIn, useKey, withUse } from './session-use.ts';

/** What a program may do whose token it is. */
interface ApplicationToken {
  application_id: number;
  name: string;
  /** Those of another release too, which allow nothing here. */
  scopes: readonly string[];
  /** From when on the token is none any more, in ISO 8601; undefined for one that never ends. */
  valid_until?: string | undefined;
}

/** What a token stands for. */
export type Credential =
  | { kind: 'session'; session: Session }
  | ({ kind: 'application'; last_used_at: string | undefined } & ApplicationToken);

/** The roles that a user holds, with those that only another release knows: they are written as one. */
export const heldSchema = looseObject({
  client_id: z.nullable(id),
  employee: z.boolean(),
  liaison_for: z.nullable(z.array(id)),
});

const time = z.iso.datetime();
const sessionSchema = object({
  kind: z.literal('session'),
  user_id: id,
  name: z.string(),
  held: heldSchema,
  remember_me: z.boolean(),
  created_at: time,
  /** When it was made, and where release 0.2 notes its use. */
  last_used_at: time,
});
const applicationSchema = object({
  kind: z.literal('application'),
  application_id: id,
  name: z.string(),
  scopes: z.array(z.string()),
  valid_until: z.optional(time),
});

/** What tokens stand for; undefined for something that only another release knows. */
export const tokenRows = new RowKind(
  knownKinds('kind', { session: sessionSchema, application: applicationSchema }),
);
type StoredToken = ReturnType<typeof tokenRows.read>;

/** A token as it is written: its kind, and 256 random bits in base64url. */
const TOKEN = /^(ses|app)_[A-Za-z0-9_-]{43}$/;

/** Whether a text has the form of a token. */
export const isToken = (text: string): boolean => TOKEN.test(text);

/** Only a token's SHA-256 is stored. */
export const tokenKey = (token: string): Key => ({
  pk: `${partitions.token}${digest(token)}`,
  sk: 'TOKEN',
});

/** The session that a token stands for, with its use as the row of that says it; undefined if it stands for no session. */
export const sessionOf = (
  table: Table,
  stored: StoredToken,
  useRow: Row | undefined,
): Session | undefined => {
  if (stored?.kind !== 'session') return undefined;
  const { kind: _, ...session } = stored;
  return withUse(table, session, useRow);
};

/** What a token stands for; undefined for one that is unknown or revoked, or of a kind that only another release knows. */
export const findCredential = async (table: Table, token: string): Promise<Credential | undefined> => {
  const key = tokenKey(token);
  // One batch reads both.
  const [row, useRow] = await Promise.all([table.get(key), table.get(useKey(key))]);
  const stored = row && tokenRows.read(row);
  if (stored?.kind === 'application') return { ...stored, last_used_at: lastUseIn(table, useRow) };
  const session = sessionOf(table, stored, useRow);
  return session && { kind: 'session', session };
};

/** The session of a token, as it is now: of a transaction that has been seen, this sees the effect. */
export const findSession = async (table: Table, token: string): Promise<Session | undefined> => {
  const key = tokenKey(token);
  const [row, useRow] = await Promise.all([table.getSerializable(key), table.getAgain(useKey(key))]);
  return sessionOf(table, row && tokenRows.read(row), useRow);
};

/** When DynamoDB may forget a session, in seconds since the epoch: never one that was made with `remember_me`. */
const expiryAttribute = (session: Session): { expires_at?: number } => {
  const forgotten = forgottenAt(session);
  return forgotten === undefined ? {} : { expires_at: expiresAt(forgotten) };
};

/** How the key starts, in a user's partition, of the rows by which its sessions are found. */
export const POINTER = 'SESSION#';

/** The row in a user's partition by which its sessions are found. */
export const sessionPointer = (token: string, session: Session): Row & Key => ({
  ...sessionPointerKey(token, session.user_id),
  // The key says it already; release 0.2 reads it here.
  token_pk: tokenKey(token).pk,
  ...expiryAttribute(session),
});

export const sessionPointerKey = (token: string, user_id: number): Key => ({
  pk: `${partitions.user}${user_id}`,
  sk: `${POINTER}${tokenKey(token).pk}`,
});

/** The row of a session. DynamoDB forgets it some time after nobody can be told any more that it has expired. */
export const rowOfSession = (token: string, session: Session): Row => ({
  ...tokenKey(token),
  kind: 'session',
  ...session,
  ...expiryAttribute(session),
});

/** The row of an application's token. DynamoDB forgets it some time after it has ended. */
export const rowOfApplication = (token: string, application: ApplicationToken): Row => {
  const { valid_until, ...forever } = application;
  return {
    ...tokenKey(token),
    kind: 'application',
    ...forever,
    ...(valid_until !== undefined && { valid_until, expires_at: expiresAt(Date.parse(valid_until)) }),
  };
};

/** Whether an application's token is one still. */
export const isInForce = ({ valid_until }: Pick<ApplicationToken, 'valid_until'>, now: Date): boolean =>
  valid_until === undefined || now < new Date(valid_until);

/** Whether this use of an application's token must be noted: the first of a day is, since many may come in the same moment. */
export const mustNoteUse = (
  { last_used_at = '' }: { last_used_at: string | undefined },
  now: Date,
): boolean => last_used_at.slice(0, 10) < now.toISOString().slice(0, 10);
