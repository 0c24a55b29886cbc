import * as z from 'zod/mini';
import { Refused } from '../contract/refused.ts';
import { partitions } from '../contract/table-partitions.ts';
import { type AttemptLimit, countedFailures, refusedFor } from '../domain/attempts.ts';
import { digest } from './digest.ts';
import { RowKind } from './row-kind.ts';
import type { Key, Table, Write } from './table.ts';
import { ChangedMeanwhile, untilUnchanged } from './until-unchanged.ts';

/** Failed attempts, with what other releases keep beside them. */
export const attemptsRows = new RowKind(z.looseObject({ failures: z.array(z.number()) }));
type StoredAttempts = ReturnType<typeof attemptsRows.read>;

const NONE: StoredAttempts = { failures: [] };

/** Who attempts is stored as a hash: it is an e-mail address, or one that requests come from. */
export const attemptsKey = ({ kind }: AttemptLimit, who: string): Key => ({
  pk: `${partitions.attempts}${kind}#${digest(who)}`,
  sk: 'ATTEMPTS',
});

/** The failed attempts of one kind by one who attempts, counted in the table, so that they count for all functions. */
export class Attempts {
  readonly #table: Table;
  readonly #limit: AttemptLimit;
  readonly #key: Key;
  readonly #now: Date;

  constructor(table: Table, limit: AttemptLimit, who: string, now: Date) {
    this.#table = table;
    this.#limit = limit;
    this.#key = attemptsKey(limit, who);
    this.#now = now;
  }

  /**
   * Makes sure that another attempt may be made.
   *
   * @throws {Refused} `too-many-attempts`
   */
  async permit(): Promise<void> {
    await this.#counted(false);
  }

  /**
   * Counts a failure. Of attempts that fail at the same time no more are told so than the limit allows: the others are
   * refused in the end.
   *
   * @throws {Refused} `too-many-attempts`
   */
  async recordFailure(): Promise<void> {
    await this.#untilUnchanged(async (stored) => {
      const now = this.#now.getTime();
      const failures = [...countedFailures(stored.failures, this.#limit, this.#now), now];
      const expires_at = Math.ceil((now + this.#limit.withinMs) / 1_000);
      const put = { Item: { ...stored, ...this.#key, failures, expires_at }, ...unchanged(stored) };
      await this.#table.transact([{ put, refused: () => new ChangedMeanwhile() }]);
    });
  }

  /**
   * Does what may be done only while not too many attempts have failed, those at the same time included.
   *
   * @param commit commits with the write that it is given, which refuses if another attempt has failed
   * @throws {Refused} `too-many-attempts`
   */
  whilePermitted<T>(commit: (unchanged: Write) => Promise<T>): Promise<T> {
    return this.#untilUnchanged((stored) =>
      commit({ check: { Key: this.#key, ...unchanged(stored) }, refused: () => new ChangedMeanwhile() }),
    );
  }

  /** Each time that it starts again another attempt has failed, so that past the limit it is refused before it is given up. */
  #untilUnchanged<T>(commit: (stored: StoredAttempts) => Promise<T>): Promise<T> {
    return untilUnchanged(this.#limit.most + 1, async (anew) => commit(await this.#counted(anew)));
  }

  async #counted(anew: boolean): Promise<StoredAttempts> {
    const row = await (anew ? this.#table.getAgain(this.#key) : this.#table.get(this.#key));
    const stored = row === undefined ? NONE : attemptsRows.read(row);
    const retryAfter = refusedFor(stored.failures, this.#limit, this.#now);
    if (retryAfter !== undefined) throw new Refused('too-many-attempts', { retryAfter });
    return stored;
  }
}

/** The condition that no other attempt has failed since these. */
const unchanged = ({ failures }: StoredAttempts) =>
  failures.length === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'failures = :seen', ExpressionAttributeValues: { ':seen': failures } };
