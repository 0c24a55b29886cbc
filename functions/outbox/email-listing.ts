import { type Page, pageOf } from '../table/page.ts';
import type { Table } from '../table/table.ts';
import { DONE_STATES, type WaitingState } from './email-view.ts';
import { findEmailSummaries } from './outbox.ts';
import { type OutboxEntry, outboxEntriesFrom, PARKED, UNSENT_SHARDS } from './outbox-index.ts';
import type { EmailSummary } from './outbox-row.ts';

const partitionsOf = (state: WaitingState | undefined): readonly string[] => {
  if (state === undefined) return [PARKED, ...UNSENT_SHARDS];
  return state === 'parked' ? [PARKED] : UNSENT_SHARDS;
};

/** Where an e-mail stands in the list; no two are at one place. */
const listingPlace = ({ due_at, email_id }: OutboxEntry): string => `${due_at}#${email_id}`;
const dueAtOf = (place: string): string => place.slice(0, place.indexOf('#'));

const byPlace = (one: OutboxEntry, other: OutboxEntry): number =>
  listingPlace(one) < listingPlace(other) ? -1 : 1;

/** At least the first `limit` entries of a partition after a place, if there are so many. */
const entriesAfter = async (
  table: Table,
  partition: string,
  after: string | undefined,
  limit: number,
): Promise<OutboxEntry[]> => {
  const entries: OutboxEntry[] = [];
  const from = after && dueAtOf(after);
  for await (const entry of outboxEntriesFrom(table, partition, from, limit)) {
    // The index has those of one time in any order, so that all of them are needed to know which is first.
    if (entries.length >= limit && entry.due_at !== entries.at(-1)?.due_at) break;
    if (after === undefined || listingPlace(entry) > after) entries.push(entry);
  }
  return entries;
};

/**
 * A page of the e-mails that are not done with, the longest due or parked first. The index lags behind the table by some
 * milliseconds: an e-mail is shown as it is now, and left out if it is not one of the wanted any more.
 *
 * @param state of which state; undefined for all, also those that only another release knows. The index does not tell `unsent`
 *   and `sending` apart
 * @param after the place after which to start; from the longest due without one
 * @param limit how many at most; there may be fewer, also where the list goes on
 */
export const findWaitingEmails = async (
  table: Table,
  state: WaitingState | undefined,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Page<EmailSummary>> => {
  // One more than the page takes tells whether the list goes on.
  const found = await Promise.all(
    partitionsOf(state).map((partition) => entriesAfter(table, partition, after, limit + 1)),
  );
  const entries = found.flat().sort(byPlace);
  const { items: shown, next } = pageOf(entries, limit, listingPlace);
  // An e-mail that has just been parked may be in the index twice.
  const emails = await findEmailSummaries(table, [...new Set(shown.map(({ email_id }) => email_id))]);
  const isWanted = (email: EmailSummary) =>
    state === undefined ? !DONE_STATES.includes(email.state) : email.state === state;
  return { items: emails.filter(isWanted), next };
};
