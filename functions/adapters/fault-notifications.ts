import type { NotificationKind } from '../contract/notification.ts';
import { notify, type Occurrence, plainName } from './notifications.ts';
import type { Table } from './table.ts';

/** For how long telling of a fault may keep an answer back: half of what is kept back of a function's time for it. */
const TELL_MS = 250;

/** What kind of thing a fault is, never what it says: that may quote what a client has sent. */
const nameOf = (fault: unknown): string => plainName(fault instanceof Error ? fault.name : typeof fault);

/** Where faults happened: in a route or another function, by its name, and in which request. */
export interface Place extends Pick<Occurrence, 'order_id' | 'request_id'> {
  where: string;
  kind?: Extract<NotificationKind, 'application-crash' | 'identify-request-error'>;
}

/**
 * Tells the team of faults of ours, each in the notification of where it happened and what kind of thing it is. It takes the
 * time it takes, but not long, whatever is left of the request's: what cannot be told then is in the log alone.
 *
 * @returns what went wrong in that, for the log; it never throws
 */
export const tellOfFaults = async (
  table: Table,
  { where, kind = 'application-crash', ...about }: Place,
  faults: readonly unknown[],
  now: Date,
): Promise<unknown[]> => {
  const inTime = table.within(TELL_MS);
  const told = await Promise.allSettled(
    faults.map((fault) => notify(inTime, { kind, cause: `${where}: ${nameOf(fault)}`, ...about }, now)),
  );
  return told.filter((each) => each.status === 'rejected').map(({ reason }) => reason);
};
