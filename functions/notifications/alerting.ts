import { conditionHolds, isConditionFailed } from '../table/condition.ts';
import type { Table } from '../table/table.ts';
import type { Notification } from './notification.ts';
import { notificationRows, storedNotifications, viewOfNotification } from './notification-listing.ts';
import { notificationKey } from './notification-store.ts';

/** For how long a run has a notification to itself: longer than it can run, which is 15 s, and not until the next run. */
const LEASE_MS = 30_000;
/** People are alerted for one notification no more often than this, whatever is acknowledged and opens again meanwhile. */
const PAUSE_MS = 10 * 60_000;
/** After this long they are alerted again for one that goes on, and that nobody has acknowledged. */
const AGAIN_MS = 60 * 60_000;

/** When people were alerted for a notification before, and how often it had occurred by then. */
export interface FormerAlert {
  at: string;
  occurrences: number;
}

/** A notification that a run has to itself, to alert people for it. */
export interface LeasedNotification {
  notification: Notification;
  former: FormerAlert | undefined;
  until: string;
}

/**
 * Whether people are to be alerted for a notification, as DynamoDB judges it: both where it is looked for and where it is taken.
 * `paged_at` is when they were since it opened: acknowledging takes it away, in release 0.2 too. `alerted_at` stays. Release 0.2
 * does not write it, so that after a rollback people may be alerted somewhat sooner, and never too late.
 */
const isUnalerted = (now: Date) => ({
  expression: `#state = :open
    AND (attribute_not_exists(page_leased_until) OR page_leased_until <= :now)
    AND (attribute_not_exists(alerted_at) OR alerted_at <= :pause)
    AND (attribute_not_exists(paged_at) OR (paged_at <= :again AND last_at > paged_at))`,
  names: { '#state': 'state' },
  values: {
    ':open': 'open',
    ':now': now.toISOString(),
    ':pause': new Date(now.getTime() - PAUSE_MS).toISOString(),
    ':again': new Date(now.getTime() - AGAIN_MS).toISOString(),
  },
});

/** The open notifications for which people are to be alerted: nobody was since they opened, or they go on since. */
export const findUnalerted = async (table: Table, stage: string, now: Date): Promise<Notification[]> => {
  const { expression, names, values } = isUnalerted(now);
  const found = await storedNotifications(table, {
    FilterExpression: expression,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  });
  return found.map((stored) => viewOfNotification(stored, stage));
};

/**
 * Takes a notification to alert people for it, under a lease. Of several runs that take it at once, one gets it.
 *
 * @returns the notification as it now is; undefined when another run has it, or nobody is to be alerted for it any more
 */
export const takeUnalerted = async (
  table: Table,
  { stage, ...notification }: Notification,
  now: Date,
): Promise<LeasedNotification | undefined> => {
  const until = new Date(now.getTime() + LEASE_MS).toISOString();
  const { expression, names, values } = isUnalerted(now);
  try {
    const row = await table.updated({
      Key: notificationKey(notification),
      UpdateExpression: 'SET page_leased_until = :until',
      ConditionExpression: expression,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values, ':until': until },
    });
    const stored = notificationRows.read(row);
    const { alerted_at: at, alerted_occurrences: occurrences } = stored;
    const former = at === undefined || occurrences === undefined ? undefined : { at, occurrences };
    return { notification: viewOfNotification(stored, stage), former, until };
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
};

/**
 * Records that people were alerted. That this holds since the notification opened is for the run that has the lease to say: one
 * that was acknowledged meanwhile has none any more, and if it has opened again, people have to be alerted again, after a pause.
 */
export const markAlerted = async (
  table: Table,
  { notification, until }: LeasedNotification,
  now: Date,
): Promise<void> => {
  const Key = notificationKey(notification);
  await conditionHolds(
    table.update({
      Key,
      UpdateExpression: 'SET alerted_at = :now, alerted_occurrences = :occurrences',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':now': now.toISOString(), ':occurrences': notification.occurrences },
    }),
  );
  await conditionHolds(
    table.update({
      Key,
      UpdateExpression: 'SET paged_at = :now REMOVE page_leased_until',
      ConditionExpression: 'page_leased_until = :until',
      ExpressionAttributeValues: { ':now': now.toISOString(), ':until': until },
    }),
  );
};
