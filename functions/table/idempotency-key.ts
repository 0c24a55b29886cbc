import { createHmac, randomBytes } from 'node:crypto';
import { digest } from './digest.ts';
import { type IdempotencyRecord, idempotencyRows, rowOfRecord } from './idempotency-record.ts';
import { partitions } from './partitions.ts';
import { expiresAt, type Key, type Row } from './row.ts';
import type { Table } from './table.ts';
import type { Write } from './write.ts';

/** For how long a key is remembered, at least; DynamoDB forgets it up to two days later. */
const KEEP_MS = 24 * 60 * 60 * 1_000;
const SALT_BYTES = 32;

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
 * help in guessing it; neither is one that it takes the place of.
 */
export const fingerprintOf = ({
  password: _,
  current_password: __,
  ...params
}: Record<string, unknown>): string => digest(JSON.stringify(params, sorted));

/** Where the record of a key is. */
const recordKey = (route: string, whose: string, key: string): Key => ({
  pk: `${partitions.idempotency}${digest(JSON.stringify([route, whose, key]))}`,
  sk: 'IDEMPOTENCY',
});

/** Whose a key is: callers may choose the same ones. */
export interface Owner {
  whose: string;
  /** Whose it was for release 0.2, if for that it was another's. */
  formerly?: string;
}

/** A key under which a request is done only once, as its caller gave it for a route. */
export class IdempotencyKey {
  readonly #table: Table;
  readonly #place: Key;
  readonly #formerPlace: Key | undefined;
  readonly #now: Date;
  /** The salt of what this request may save. */
  readonly #salt = randomBytes(SALT_BYTES).toString('base64url');

  /** @param key the text that the caller chose */
  constructor(table: Table, route: string, { whose, formerly }: Owner, key: string, now: Date) {
    this.#table = table;
    this.#place = recordKey(route, whose, key);
    this.#formerPlace = formerly === undefined ? undefined : recordKey(route, formerly, key);
    this.#now = now;
  }

  /** What is remembered of the request that was done under the key, if one was. */
  async find(): Promise<IdempotencyRecord | undefined> {
    const row = await this.#table.getSerializable(this.#place);
    return row && idempotencyRows.read(row);
  }

  /**
   * Remembers a request, for the transaction that does it, which throws `KeyUsed` if one was done meanwhile.
   *
   * @param more attributes for releases that read the row otherwise
   */
  saved(record: Omit<IdempotencyRecord, 'pk' | 'salt'>, more: Row = {}): Write[] {
    const expires_at = expiresAt(this.#now.getTime() + KEEP_MS);
    const Item = {
      ...this.#place,
      ...more,
      ...rowOfRecord({ ...record, salt: this.#salt }),
      expires_at,
    };
    return [
      ...this.#notDoneBy02(record.fingerprint),
      { put: { Item, ConditionExpression: 'attribute_not_exists(pk)' }, refused: keyUsed },
    ];
  }

  /** Gives a record the salt of this request in the place of its own. */
  resalted({ pk, salt }: IdempotencyRecord): Write {
    return {
      update: {
        Key: { ...this.#place, pk },
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

  /** Refuses what release 0.2 has done already. Another's request may have the same key there, and is none of ours. */
  #notDoneBy02(fingerprint: string): Write[] {
    if (this.#formerPlace === undefined) return [];
    const check = {
      Key: this.#formerPlace,
      ConditionExpression: 'attribute_not_exists(pk) OR fingerprint <> :ours',
      ExpressionAttributeValues: { ':ours': fingerprint },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
    return [{ check, refused: keyUsed }];
  }
}

const keyUsed = (current: Row | undefined): Error =>
  current === undefined
    ? new Error('an idempotency key is forgotten while it is used')
    : new KeyUsed(idempotencyRows.read(current));
