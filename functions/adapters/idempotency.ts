import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { partitions } from '../contract/table-partitions.ts';
import { digest } from './digest.ts';
import type { Key, Row, Table, Write } from './table.ts';

/** For how long a key is remembered, at least; DynamoDB forgets it up to two days later. */
const KEEP_MS = 24 * 60 * 60 * 1_000;
const SALT_BYTES = 32;

const recordSchema = z.object({
  /** Tells the parameters apart, all but a password. */
  fingerprint: z.string(),
  /** What was answered; absent when it was no more than a session. */
  data: z.optional(z.unknown()),
  /** The e-mail that was saved with it. */
  email_id: z.optional(id),
  salt: z.string(),
});
/** What is remembered of a request that was done: nothing that a token or a password could be made of. */
export type IdempotencyRecord = z.infer<typeof recordSchema>;

/** Thrown when a transaction finds that a request with the same key was done meanwhile. */
export class KeyUsed extends Error {
  readonly record: IdempotencyRecord;

  constructor(record: IdempotencyRecord) {
    super('the idempotency key is used');
    this.record = record;
  }
}

const sorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/**
 * What tells parameters from others, in whatever order they are written. A password is left out: the record must be of no
 * help in guessing it.
 */
export const fingerprintOf = ({ password: _, ...params }: Record<string, unknown>): string =>
  digest(JSON.stringify(params, sorted));

/** A key under which a request is done only once, as its caller gave it for a route. */
export class IdempotencyKey {
  readonly #table: Table;
  readonly #key: Key;
  readonly #now: Date;
  /** The salt of what this request may save. */
  readonly #salt = randomBytes(SALT_BYTES).toString('base64url');

  /**
   * @param whose tells callers apart, who may choose the same keys
   * @param key the text that the caller chose
   */
  constructor(table: Table, route: string, whose: string, key: string, now: Date) {
    this.#table = table;
    this.#key = {
      pk: `${partitions.idempotency}${digest(JSON.stringify([route, whose, key]))}`,
      sk: 'IDEMPOTENCY',
    };
    this.#now = now;
  }

  /** What is remembered of the request that was done under the key, if one was. */
  async find(): Promise<IdempotencyRecord | undefined> {
    const row = await this.#table.getSerializable(this.#key);
    return row && recordSchema.parse(row);
  }

  /** Remembers a request, for the transaction that does it, which throws `KeyUsed` if one was done meanwhile. */
  saved(record: Omit<IdempotencyRecord, 'salt'>): Write {
    const expires_at = Math.ceil((this.#now.getTime() + KEEP_MS) / 1_000);
    return {
      put: {
        Item: { ...this.#key, ...record, salt: this.#salt, expires_at },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
      refused: keyUsed,
    };
  }

  /** Gives a record the salt of this request in the place of its own. */
  resalted({ salt }: IdempotencyRecord): Write {
    return {
      update: {
        Key: this.#key,
        UpdateExpression: 'SET salt = :new',
        ConditionExpression: 'salt = :old',
        ExpressionAttributeValues: { ':new': this.#salt, ':old': salt },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
      refused: keyUsed,
    };
  }

  /**
   * The token of a session that is opened under the key, so that it can be given again without being stored.
   *
   * @param seed what only the user's password gives
   * @param record what is remembered, if the session was opened before
   */
  sessionToken(seed: Buffer, record?: IdempotencyRecord): string {
    const salt = record?.salt ?? this.#salt;
    return `ses_${createHmac('sha256', seed).update(salt).digest('base64url')}`;
  }
}

const keyUsed = (current: Row | undefined): Error =>
  current === undefined
    ? new Error('an idempotency key is forgotten while it is used')
    : new KeyUsed(recordSchema.parse(current));
