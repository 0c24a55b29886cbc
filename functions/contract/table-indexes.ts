/**
 * The table's indexes: the attributes that are the keys of each. A row without them is not in the index. Each holds keys
 * only; the rows themselves are read from the table.
 */
export const tableIndexes = {
  /** Orders by their newest change, one list for each client and status. */
  'orders-of-client': { partition: 'client_list', sort: 'listed_at' },
  /** Orders by their newest change, a few lists for each status: in one list, all writes would go to one partition. */
  'orders-of-all': { partition: 'shared_list', sort: 'listed_at' },
} as const;

export type TableIndex = keyof typeof tableIndexes;
