/**
 * The table's indexes: the attributes that are the keys of each. A row without them is not in the index. Each holds keys
 * only; the rows themselves are read from the table.
 */
export const tableIndexes = {
  /** Orders by their newest change, one list for each client and status. */
  'orders-of-client': { partition: 'client_list', sort: 'listed_at' },
  /** Orders by their newest change, one list for each status. */
  'orders-of-all': { partition: 'shared_list', sort: 'listed_at' },
  /**
   * The saved e-mails that are neither sent nor discarded. Of those still to be sent, the partition is one of a few, so that
   * no partition takes all writes.
   */
  unsent: { partition: 'unsent', sort: 'due_at' },
} as const;

export type TableIndex = keyof typeof tableIndexes;
