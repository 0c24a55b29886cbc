import type { TableIndex } from './indexes.ts';
import type { Partition } from './partitions.ts';

/** The actions that read rows, in IAM's words. */
export const READS = ['BatchGetItem', 'GetItem', 'Query'] as const;
/**
 * The actions that write rows. A transaction takes that of each of its writes: one that only checks is among them, since it stands
 * beside the others.
 */
export const WRITES = ['ConditionCheckItem', 'DeleteItem', 'PutItem', 'UpdateItem'] as const;

export type TableAction = (typeof READS | typeof WRITES)[number];

/** Actions on rows, by kind of partition. */
type Rows = Readonly<Partial<Record<Partition, readonly TableAction[]>>>;

/**
 * How something uses the table. A store says it of each of its functions in the `grants.ts` beside it, and whoever calls them
 * names them: `access(findOrder, saveChange)`. It is a class so that the compiler takes nothing else for one: a route does not list
 * actions.
 */
export class Grant {
  readonly #rows: Rows;
  readonly #indexes: readonly TableIndex[];

  /** @param indexes those that are queried; what they hold of an order or an e-mail is its key */
  constructor(rows: Rows, indexes: readonly TableIndex[] = []) {
    this.#rows = rows;
    this.#indexes = indexes;
  }

  get rows(): Rows {
    return this.#rows;
  }

  get indexes(): readonly TableIndex[] {
    return this.#indexes;
  }
}

/** Everything that all of those do to the table, in one. */
export const access = (...grants: readonly Grant[]): Grant => {
  const all: Partial<Record<Partition, TableAction[]>> = {};
  for (const { rows } of grants) {
    for (const [kind, actions] of Object.entries(rows) as [Partition, readonly TableAction[]][]) {
      all[kind] = [...new Set([...(all[kind] ?? []), ...actions])];
    }
  }
  return new Grant(all, [...new Set(grants.flatMap(({ indexes }) => indexes))]);
};
