import { findSavedEmail, type SavedEmail } from '../functions/adapters/outbox.ts';
import { outboxEntries, PARKED, UNSENT_SHARDS } from '../functions/adapters/outbox-index.ts';
import type { Table } from '../functions/adapters/table.ts';
import type { WaitingState } from '../functions/contract/saved-email.ts';

/**
 * The ids of e-mails that are not done with.
 *
 * @param partitions those of the index to look in
 * @param until those that are due by then; all, without
 */
export const waitingIds = async (
  table: Table,
  partitions: readonly string[],
  until?: Date,
): Promise<number[]> => {
  const ids: number[] = [];
  for (const partition of partitions) {
    for await (const page of outboxEntries(table, partition, until)) {
      ids.push(...page.map(({ email_id }) => email_id));
    }
  }
  return ids;
};

/** Saved e-mails as they are now. */
export const savedEmails = async (table: Table, ids: readonly number[]): Promise<SavedEmail[]> => {
  const found = await Promise.all(ids.map((id) => findSavedEmail(table, id)));
  return found.filter((saved) => saved !== undefined);
};

/** The e-mails in one of the states, the longest due or parked first. */
export const listedEmails = async (table: Table, states: readonly WaitingState[]): Promise<SavedEmail[]> => {
  const ids = await waitingIds(table, [PARKED, ...UNSENT_SHARDS]);
  const listed = (await savedEmails(table, ids)).filter(({ state }) =>
    (states as readonly string[]).includes(state),
  );
  return listed.toSorted((one, other) => (one.due_at ?? '').localeCompare(other.due_at ?? ''));
};
