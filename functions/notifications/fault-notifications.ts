import { TableUnavailable } from '../table/retry.ts';
import { UnreadableRow } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import type { NotificationKind } from './notification.ts';
import { notify, notifyOfRow, type Occurrence, plainName } from './notification-store.ts';

/** For how long telling of a fault may keep an answer back: half of what is kept back of a function's time for it. */
const TELL_MS = 250;

/**
 * What kind of thing a fault is, never what it says: that may quote what a client has sent. Of a table that was asked in vain it
 * is why.
 */
const nameOf = (fault: unknown): string => {
  if (fault instanceof TableUnavailable) return nameOf(fault.cause);
  return plainName(fault instanceof Error ? fault.name : typeof fault);
};

/** A fault that says by itself what the team is told of it, since that says more than where it was met and what kind of thing it is. */
export class FaultToTell extends Error {
  readonly told: Pick<Occurrence, 'kind' | 'cause'> & Partial<Occurrence>;

  constructor(message: string, told: FaultToTell['told']) {
    super(message);
    this.told = told;
  }
}
/**
 * Tells the team of something that is no error of ours to throw, with the same patience as of faults.
 *
 * @returns what went wrong in telling, for the log; it never throws
 */
export const tellOf = (table: Table, occurrence: Occurrence, now: Date): Promise<unknown[]> =>
  notify(table.within(TELL_MS), occurrence, now).then(
    () => [],
    (fault: unknown) => [fault],
  );

/** Where faults happened: in a route or another function, by its name, and in which request. */
export interface Place extends Pick<Occurrence, 'order_id' | 'request_id'> {
  where: string;
  kind?: Extract<NotificationKind, 'application-crash' | 'identify-request-error'>;
}

/** What a key starts with: the kind of thing that the row is. */
const kindOf = (key: string): string => key.split('#', 1)[0] ?? '';

const tellOfRow = async (
  table: Table,
  { key: { pk, sk }, path }: UnreadableRow,
  request_id: string,
  now: Date,
): Promise<void> => {
  const row = `${pk} ${sk}`;
  const cause = `${kindOf(pk)} ${kindOf(sk)}: ${path || 'all of it'}`;
  await notifyOfRow(table, { kind: 'unreadable-row', cause, request_id }, row, now);
};

const occurrenceOf = (
  fault: unknown,
  { where, kind = 'application-crash', ...about }: Place,
): Occurrence => ({
  kind,
  cause: `${where}: ${nameOf(fault)}`,
  ...about,
  ...(fault instanceof FaultToTell && fault.told),
});

/**
 * Tells the team of faults of ours, each in the notification of where it happened and what kind of thing it is, and of the rows
 * that could not be read meanwhile. It takes the time it takes, but not long, whatever is left of the request's: what cannot be
 * told then is in the log alone.
 *
 * @param patienceMs for how long it may keep an answer back, in milliseconds
 * @returns what the log has to tell besides: the rows that were left out, and what went wrong in telling; it never throws
 */
export const tellOfFaults = async (
  table: Table,
  place: Place,
  faults: readonly unknown[],
  now: Date,
  patienceMs = TELL_MS,
): Promise<unknown[]> => {
  const { unreadable } = table;
  // What has failed for a row that cannot be read is told by that row alone, or each route would tell of it.
  const [met, others] = [
    faults.filter((fault) => fault instanceof UnreadableRow),
    faults.filter((fault) => !(fault instanceof UnreadableRow)),
  ];
  const rows = [...unreadable, ...met];
  if (rows.length + others.length === 0) return [];
  const inTime = table.within(patienceMs);
  const telling = await Promise.allSettled([
    ...others.map((fault) => notify(inTime, occurrenceOf(fault, place), now)),
    ...rows.map((row) => tellOfRow(inTime, row, place.request_id, now)),
  ]);
  return [...unreadable, ...telling.filter((each) => each.status === 'rejected').map(({ reason }) => reason)];
};
