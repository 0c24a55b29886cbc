/** An index of the table, as stacks define it and stores query it. A row without its attributes is not in it. */
export interface TableIndex {
  name: string;
  /** The attributes, texts both, that are its keys. */
  partitionKey: string;
  sortKey: string;
}

/**
 * The saved e-mails that are neither sent nor discarded. Of those still to be sent, the partition is one of a few, so that
 * no partition takes all writes.
 */
export const UNSENT_INDEX = {
  name: 'unsent',
  partitionKey: 'unsent',
  sortKey: 'due_at',
} as const satisfies TableIndex;
