import { conditionHolds, isConditionFailed } from '../table/condition.ts';
import type { Table } from '../table/table.ts';
import type { Notification } from './notification.ts';
import { notificationRows, storedNotifications, viewOfNotification } from './notification-listing.ts';
import { notificationKey } from './notification-store.ts';

/** For how long a run has a notification to itself: longer than it can run, which is 15 s, and not until the next run. */
const LEASE_MS = 30_000;

/** A notification that a run has to itself, to alert people for it. */
export interface LeasedNotification {
  notification: Notification;
  until: string;
}

/** The notifications that are open and for which nobody was alerted, nor is being alerted, since they opened. */
export const findUnalerted = async (table: Table, stage: string, now: Date): Promise<Notification[]> =>
  (await storedNotifications(table))
    .filter(
      ({ state, paged_at, page_leased_until = '' }) =>
        state === 'open' && paged_at === undefined && page_leased_until <= now.toISOString(),
    )
    .map((stored) => viewOfNotification(stored, stage));

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
  try {
    const row = await table.updated({
      Key: notificationKey(notification),
      UpdateExpression: 'SET page_leased_until = :until',
      ConditionExpression: `#state = :open AND attribute_not_exists(paged_at)
        AND (attribute_not_exists(page_leased_until) OR page_leased_until <= :now)`,
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':open': 'open', ':now': now.toISOString(), ':until': until },
    });
    return { notification: viewOfNotification(notificationRows.read(row), stage), until };
  } catch (error) {
    if (isConditionFailed(error)) return undefined;
    throw error;
  }
};

/**
 * Records that people were alerted. It holds only for the run that has the lease: one that was acknowledged meanwhile has none
 * any more, and if it has opened again, people have to be alerted again.
 */
export const markAlerted = async (
  table: Table,
  { notification, until }: LeasedNotification,
  now: Date,
): Promise<void> => {
  await conditionHolds(
    table.update({
      Key: notificationKey(notification),
      UpdateExpression: 'SET paged_at = :now REMOVE page_leased_until',
      ConditionExpression: 'page_leased_until = :until',
      ExpressionAttributeValues: { ':now': now.toISOString(), ':until': until },
    }),
  );
};
