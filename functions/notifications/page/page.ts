import type { LeasedNotification } from '../../adapters/notification-pages.ts';
import type { Notification } from '../../contract/notification.ts';
import { type PagerMessage, pagerMessageOf } from '../../domain/pager-message.ts';

/** What paging people needs of the world. */
export interface Dependencies {
  /** The open notifications for which nobody was paged. */
  unpaged(): Promise<Notification[]>;
  /** Takes one under a lease; undefined when there is nothing to do about it any more. */
  take(notification: Notification): Promise<LeasedNotification | undefined>;
  publish(message: PagerMessage): Promise<void>;
  markPaged(leased: LeasedNotification): Promise<void>;
}

/** What a run has done. */
export interface Run {
  /** The notifications for which people were paged, by id. */
  paged: number[];
  /** What went wrong: in finding them, or with some, which the others do not wait for. */
  faults: unknown[];
}

/**
 * Pages people for each notification that has opened, or opened again, since they were last paged for it. A run that dies
 * between paging and recording it has people paged twice: better than not at all.
 */
export const pagePeople = async ({ unpaged, take, publish, markPaged }: Dependencies): Promise<Run> => {
  const paged: number[] = [];
  const page = async (notification: Notification): Promise<void> => {
    const leased = await take(notification);
    if (leased === undefined) return;
    await publish(pagerMessageOf(leased.notification));
    paged.push(notification.notification_id);
    await markPaged(leased);
  };
  const faults: unknown[] = [];
  const found = await unpaged().catch((fault: unknown) => {
    faults.push(fault);
    return [];
  });
  const tasks = await Promise.allSettled(found.map(page));
  faults.push(...tasks.filter((task) => task.status === 'rejected').map(({ reason }) => reason));
  return { paged, faults };
};
