import * as z from 'zod/mini';
import { Refused } from '../contract/refused.ts';
import { digest } from '../table/digest.ts';
import { partitions } from '../table/partitions.ts';
import { expiresAt, type Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { untilUnchanged } from '../table/until-unchanged.ts';
import { asRead, type Write } from '../table/write.ts';
import { type AttemptLimit, countedAttempts, refusedFor } from './attempt-limits.ts';

/** Attempts that count, most of them failures, with what other releases keep beside them. */
export const attemptsRows = new RowKind(z.looseObject({ failures: z.array(z.number()) }));
type StoredAttempts = ReturnType<typeof attemptsRows.read>;

/** What is counted of one counter, and what stands in its row by which it is seen whether it has changed. */
interface Counted {
  counter: Counter;
  stored: StoredAttempts;
  seen: unknown;
}

/** A limit, and whose attempts count for it: an e-mail address, or a source, which is where requests come from. */
export interface Counter {
  limit: AttemptLimit;
  who: string;
  /** Whether what succeeds counts as well. */
  always?: true;
}

/** Who attempts is stored as a hash. */
export const attemptsKey = ({ kind }: AttemptLimit, who: string): Key => ({
  pk: `${partitions.attempts}${kind}#${digest(who)}`,
  sk: 'ATTEMPTS',
});

/** Thrown when another attempt was counted meanwhile. What depends on a user as well is not to look at that anew, but at the attempts. */
class AttemptCounted extends Error {
  override readonly name = 'AttemptCounted';
}

/** Attempts that count by one or several counters, in the table, so that they count for all functions. */
export class Attempts {
  readonly #table: Table;
  readonly #counters: readonly Counter[];
  readonly #now: Date;

  constructor(table: Table, counters: readonly Counter[], now: Date) {
    this.#table = table;
    this.#counters = counters;
    this.#now = now;
  }

  /**
   * Makes sure that another attempt may be made.
   *
   * @throws {Refused} `too-many-attempts`
   */
  async permit(): Promise<void> {
    await this.#permitted(false);
  }

  /**
   * Counts an attempt by itself. Of attempts that are counted at the same time no more are told so than the limits allow: the others
   * are refused in the end.
   *
   * @throws {Refused} `too-many-attempts`
   */
  record(): Promise<void> {
    return this.#untilUnchanged((counted) =>
      this.#table.transact(counted.map((each) => this.#oneMore(each))),
    );
  }

  /**
   * Does what may be done only while there are not too many attempts, those at the same time included.
   *
   * @param commit commits with the writes that it is given, which refuse if another attempt was counted, and count this one where
   *   it always counts
   * @throws {Refused} `too-many-attempts`
   */
  whilePermitted<T>(commit: (unchanged: readonly Write[]) => Promise<T>): Promise<T> {
    return this.#untilUnchanged((counted) =>
      commit(
        counted.map((each) => {
          const { counter, seen } = each;
          if (counter.always) return this.#oneMore(each);
          return {
            check: { Key: attemptsKey(counter.limit, counter.who), ...asRead({ failures: seen }) },
            refused: () => new AttemptCounted(),
          };
        }),
      ),
    );
  }

  /**
   * Does something whether there are too many attempts or not, in the same steps, where nobody is to see which it is.
   *
   * @param commit hears whether another attempt may be made, and commits with the writes that it is given, which count it if so
   */
  whether<T>(commit: (isPermitted: boolean, counted: readonly Write[]) => Promise<T>): Promise<T> {
    return this.#untilNoneIsCounted(async (anew) => {
      const all = await this.#all(anew);
      const isPermitted = this.#waits(all).length === 0;
      return commit(
        isPermitted,
        all.map((each) => this.#oneMore(each, isPermitted)),
      );
    });
  }

  #oneMore({ counter: { limit, who }, stored, seen }: Counted, counts = true): Write {
    const now = this.#now.getTime();
    const failures = [...countedAttempts(stored.failures, limit, this.#now), ...(counts ? [now] : [])];
    const Item = {
      ...stored,
      ...attemptsKey(limit, who),
      failures,
      expires_at: expiresAt(now + limit.withinMs),
    };
    return { put: { Item, ...asRead({ failures: seen }) }, refused: () => new AttemptCounted() };
  }

  /** Each time that it starts again another attempt was counted, so that past a limit it is refused before it is given up. */
  #untilUnchanged<T>(commit: (counted: readonly Counted[]) => Promise<T>): Promise<T> {
    return this.#untilNoneIsCounted(async (anew) => commit(await this.#permitted(anew)));
  }

  #untilNoneIsCounted<T>(attempt: (anew: boolean) => Promise<T>): Promise<T> {
    return untilUnchanged(this.#mostTries, attempt, AttemptCounted);
  }

  get #mostTries(): number {
    return this.#counters.reduce((sum, { limit }) => sum + limit.most, 1);
  }

  #all(anew: boolean): Promise<Counted[]> {
    return Promise.all(this.#counters.map((counter) => this.#read(counter, anew)));
  }

  /** How long the counters that are at their limits have another attempt wait, in seconds. */
  #waits(all: readonly Counted[]): number[] {
    return all.flatMap(({ counter, stored }) => refusedFor(stored.failures, counter.limit, this.#now) ?? []);
  }

  /** All counters as they stand, of which none is at its limit. */
  async #permitted(anew: boolean): Promise<readonly Counted[]> {
    const all = await this.#all(anew);
    const waits = this.#waits(all);
    if (waits.length > 0) throw new Refused('too-many-attempts', { retryAfter: Math.max(...waits) });
    return all;
  }

  /** A row that cannot be read counts for none, and the next attempt mends it: nobody is to be kept out by it. */
  async #read(counter: Counter, anew: boolean): Promise<Counted> {
    const key = attemptsKey(counter.limit, counter.who);
    const row = await (anew ? this.#table.getAgain(key) : this.#table.get(key));
    const stored = (row && attemptsRows.readOrLeaveOut(this.#table, row)) ?? { failures: [] };
    return { counter, stored, seen: row?.failures };
  }
}
