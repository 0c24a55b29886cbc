import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Key, Table } from './table.ts';

const KEY: Key = { pk: 'CURSOR_KEY', sk: 'CURSOR_KEY' };
const MAC_BYTES = 32;

const keyRow = z.object({ secret: z.string() });
const payloadSchema = z.tuple([z.string(), z.string()]);

/** Makes the key with which cursors are signed, unless there is one: part of every deployment. */
export const ensureCursorKey = async (client: DynamoDBDocumentClient, tableName: string): Promise<void> => {
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: KEY,
      UpdateExpression: 'SET secret = if_not_exists(secret, :new)',
      ExpressionAttributeValues: { ':new': randomBytes(MAC_BYTES).toString('base64') },
    }),
  );
};

/** Kept for the life of the function's instance. */
let cached: Promise<string> | undefined;

/**
 * The key with which cursors are signed. It is in the table, since it protects no more than the table itself: whoever has a
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

const macOf = (secret: string, payload: Buffer): Buffer =>
  createHmac('sha256', Buffer.from(secret, 'base64')).update(payload).digest();

/**
 * Where a reader of a list goes on: text that nobody else can make, and that fits no other list.
 *
 * @param list what the list is of, filters included
 * @param position where it goes on
 */
export const sealCursor = (secret: string, list: string, position: string): string => {
  const payload = Buffer.from(JSON.stringify([list, position]));
  return Buffer.concat([macOf(secret, payload), payload]).toString('base64url');
};

/** The position in a cursor; `malformed` when it was not made here, `other-list` when it was made for another list. */
export const openCursor = (
  secret: string,
  list: string,
  cursor: string,
): { position: string } | 'malformed' | 'other-list' => {
  const bytes = Buffer.from(cursor, 'base64url');
  const [mac, payload] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
  // Node decodes anything, so it must give the same text back.
  if (bytes.toString('base64url') !== cursor || mac.length < MAC_BYTES) return 'malformed';
  if (!timingSafeEqual(mac, macOf(secret, payload))) return 'malformed';
  const [madeFor, position] = payloadSchema.parse(JSON.parse(payload.toString()));
  return madeFor === list ? { position } : 'other-list';
};
