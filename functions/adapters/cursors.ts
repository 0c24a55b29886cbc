import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { partitions } from '../contract/table-partitions.ts';
import type { Key, Table } from './table.ts';

const KEY: Key = { pk: partitions.cursorKey, sk: 'CURSOR_KEY' };
/** Encrypts and authenticates at once; its numbers of bytes are those of NIST SP 800-38D. */
const CIPHER = 'aes-256-gcm';
const [KEY_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 12, 16];

const keyRow = z.object({ secret: z.string() });
const payloadSchema = z.tuple([z.string(), z.string()]);

/** Makes the key with which cursors are sealed, unless there is one: part of every deployment. */
export const ensureCursorKey = async (client: DynamoDBDocumentClient, tableName: string): Promise<void> => {
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: KEY,
      UpdateExpression: 'SET secret = if_not_exists(secret, :new)',
      ExpressionAttributeValues: { ':new': randomBytes(KEY_BYTES).toString('base64') },
    }),
  );
};

/** Kept for the life of the function's instance. */
let cached: Promise<string> | undefined;

/**
 * The key with which cursors are sealed. It is in the table, since it protects no more than the table itself: whoever has a
 * cursor still sees only what is theirs.
 *
 * @throws Error if no deployment has made it
 */
export const cursorKey = (table: Table): Promise<string> => {
  cached ??= table.get(KEY).then((row) => keyRow.parse(row).secret);
  cached.catch(() => {
    cached = undefined;
  });
  return cached;
};

/** A key of its own for each purpose. */
const keyFor = (purpose: 'encryption' | 'nonces', secret: string): Buffer =>
  createHmac('sha256', Buffer.from(secret, 'base64')).update(purpose).digest();

/** A nonce that is the same for the same text only: one by chance could come twice, with which GCM is broken. */
const nonceFor = (secret: string, text: string): Buffer =>
  createHmac('sha256', keyFor('nonces', secret)).update(text).digest().subarray(0, NONCE_BYTES);

/**
 * Where a reader of a list goes on: text that nobody else can make or read, and that fits no other list.
 *
 * @param list what the list is of, filters included
 * @param position where it goes on
 */
export const sealCursor = (secret: string, list: string, position: string): string => {
  const text = JSON.stringify([list, position]);
  const nonce = nonceFor(secret, text);
  const cipher = createCipheriv(CIPHER, keyFor('encryption', secret), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
};

/** The text in a cursor; undefined if it was not sealed with this secret. */
const unsealed = (secret: string, cursor: string): string | undefined => {
  const bytes = Buffer.from(cursor, 'base64url');
  const sealedAt = NONCE_BYTES + TAG_BYTES;
  // Node decodes anything, so it must give the same text back.
  if (bytes.toString('base64url') !== cursor || bytes.length < sealedAt) return undefined;
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, keyFor('encryption', secret), nonce);
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, sealedAt));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(sealedAt)), decipher.final()]).toString();
  } catch {
    return undefined;
  }
};

/** The position in a cursor; `malformed` when it was not made here, `other-list` when it was made for another list. */
export const openCursor = (
  secret: string,
  list: string,
  cursor: string,
): { position: string } | 'malformed' | 'other-list' => {
  const text = unsealed(secret, cursor);
  if (text === undefined) return 'malformed';
  const [madeFor, position] = payloadSchema.parse(JSON.parse(text));
  return madeFor === list ? { position } : 'other-list';
};
