import type { Partition } from './partitions.ts';

/**
 * What can be done to rows, in IAM's words. A transaction takes the action of each of its writes, `ConditionCheckItem` for
 * one that only checks.
 */
export type TableAction =
  | 'BatchGetItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

/** What may be done to the table, by kind of partition. */
export type TableGrants = Readonly<Partial<Record<Partition, readonly TableAction[]>>>;

/** Several grants in one. */
export const together = (...several: readonly TableGrants[]): TableGrants => {
  const all: Partial<Record<Partition, TableAction[]>> = {};
  for (const grants of several) {
    for (const [kind, actions] of Object.entries(grants) as [Partition, readonly TableAction[]][]) {
      all[kind] = [...new Set([...(all[kind] ?? []), ...actions])];
    }
  }
  return all;
};
