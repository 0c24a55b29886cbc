import * as z from 'zod/mini';
import { Refused } from '../contract/refused.ts';
import { digest } from '../table/digest.ts';
import { partitions } from '../table/partitions.ts';
import { expiresAt, type Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { ChangedMeanwhile, untilUnchanged } from '../table/until-unchanged.ts';
import type { Write } from '../table/write.ts';
import { type AttemptLimit, countedFailures, refusedFor } from './attempt-limits.ts';

/** Failed attempts, with what other releases keep beside them. */
export const attemptsRows = new RowKind(z.looseObject({ failures: z.array(z.number()) }));
type StoredAttempts = ReturnType<typeof attemptsRows.read>;

/** What is counted, and what stands in the row by which it is seen whether it has changed. */
interface Counted {
  stored: StoredAttempts;
  seen: unknown;
}

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
    await this.#untilUnchanged(async ({ stored, seen }) => {
      const now = this.#now.getTime();
      const failures = [...countedFailures(stored.failures, this.#limit, this.#now), now];
      const expires_at = expiresAt(now + this.#limit.withinMs);
      const put = { Item: { ...stored, ...this.#key, failures, expires_at }, ...unchanged(seen) };
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
    return this.#untilUnchanged(({ seen }) =>
      commit({ check: { Key: this.#key, ...unchanged(seen) }, refused: () => new ChangedMeanwhile() }),
    );
  }

  /** Each time that it starts again another attempt has failed, so that past the limit it is refused before it is given up. */
  #untilUnchanged<T>(commit: (counted: Counted) => Promise<T>): Promise<T> {
    return untilUnchanged(this.#limit.most + 1, async (anew) => commit(await this.#counted(anew)));
  }

  /** A row that cannot be read counts for none, and the next failure mends it: nobody is to be kept out by it. */
  async #counted(anew: boolean): Promise<Counted> {
    const row = await (anew ? this.#table.getAgain(this.#key) : this.#table.get(this.#key));
    const stored = (row && attemptsRows.readOrLeaveOut(this.#table, row)) ?? { failures: [] };
    const retryAfter = refusedFor(stored.failures, this.#limit, this.#now);
    if (retryAfter !== undefined) throw new Refused('too-many-attempts', { retryAfter });
    return { stored, seen: row?.failures };
  }
}

/** The condition that no other attempt has failed since these. */
const unchanged = (seen: unknown) =>
  seen === undefined
    ? { ConditionExpression: 'attribute_not_exists(failures)' }
    : { ConditionExpression: 'failures = :seen', ExpressionAttributeValues: { ':seen': seen } };
