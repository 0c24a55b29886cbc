import { type AlertMessage, alertMessageOf } from '../../notifications/alert-message.ts';
import type { LeasedNotification } from '../../notifications/alerting.ts';
import type { Notification } from '../../notifications/notification.ts';

/** What alerting people needs of the world. */
export interface Dependencies {
  /** The open notifications for which nobody was alerted. */
  unalerted(): Promise<Notification[]>;
  /** Takes one under a lease; undefined when there is nothing to do about it any more. */
  take(notification: Notification): Promise<LeasedNotification | undefined>;
  publish(message: AlertMessage): Promise<void>;
  markAlerted(leased: LeasedNotification): Promise<void>;
}

/** What a run has done. */
export interface Run {
  /** The notifications for which people were alerted, by id. */
  alerted: number[];
  /** What went wrong: in finding them, or with some, which the others do not wait for. */
  faults: unknown[];
}

/**
 * Alerts people for each notification that has opened, or opened again, since they were last alerted for it. A run that dies
 * between alerting and recording it has people alerted twice: better than not at all.
 */
export const alertTeam = async ({ unalerted, take, publish, markAlerted }: Dependencies): Promise<Run> => {
  const alerted: number[] = [];
  const alert = async (notification: Notification): Promise<void> => {
    const leased = await take(notification);
    if (leased === undefined) return;
    await publish(alertMessageOf(leased.notification));
    alerted.push(notification.notification_id);
    await markAlerted(leased);
  };
  const faults: unknown[] = [];
  const found = await unalerted().catch((fault: unknown) => {
    faults.push(fault);
    return [];
  });
  const tasks = await Promise.allSettled(found.map(alert));
  faults.push(...tasks.filter((task) => task.status === 'rejected').map(({ reason }) => reason));
  return { alerted, faults };
};
