import { findWaitingEmails } from '../functions/outbox/email-listing.ts';
import type { WaitingState } from '../functions/outbox/email-view.ts';
import { outboxEntries, UNSENT_SHARDS } from '../functions/outbox/outbox-index.ts';
import type { EmailSummary } from '../functions/outbox/outbox-row.ts';
import type { Table } from '../functions/table/table.ts';

/** So many are read at once, without their texts. */
const PAGE = 100;

/**
 * The e-mails that are not done with, one by one, the longest due or parked first.
 *
 * @param state of which state; of all, also those that only another release knows, without
 */
export async function* waitingEmails(
  table: Table,
  state: WaitingState | undefined,
): AsyncGenerator<EmailSummary> {
  let after: string | undefined;
  do {
    const page = await findWaitingEmails(table, state, { after, limit: PAGE });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

/**
 * The ids of the e-mails that are still to be sent.
 *
 * @param until those that are due by then; all, without
 */
export const unsentIds = async (table: Table, until?: Date): Promise<number[]> => {
  const ids: number[] = [];
  for (const partition of UNSENT_SHARDS) {
    for await (const page of outboxEntries(table, partition, until)) {
      ids.push(...page.map(({ email_id }) => email_id));
    }
  }
  return ids;
};
