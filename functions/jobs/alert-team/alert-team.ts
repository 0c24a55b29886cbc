import { type AlertMessage, alertMessageOf } from '../../notifications/alert-message.ts';
import type { LeasedNotification } from '../../notifications/alerting.ts';
import type { Notification } from '../../notifications/notification.ts';

/** What alerting people needs of the world. */
export interface Dependencies {
  /** Where the team reads docs/runbook.md. */
  runbook: string;
  /** The open notifications for which people are to be alerted. */
  unalerted(): Promise<Notification[]>;
  /** Takes one under a lease; undefined when there is nothing to do about it any more. */
  take(notification: Notification): Promise<LeasedNotification | undefined>;
  publish(message: AlertMessage): Promise<void>;
  markAlerted(leased: LeasedNotification): Promise<void>;
  /** Tells somebody outside that all went well; what went wrong in that, if anything, in a word. */
  beat(): Promise<string | undefined>;
}

/** What a run has done. */
export interface Run {
  /** The notifications for which people were alerted, by id. */
  alerted: number[];
  /** What went wrong: in finding them, or with some, which the others do not wait for. */
  faults: unknown[];
  /** Why nobody outside has heard of it, though all went well. */
  unheard: string | undefined;
}

/**
 * Alerts people for each notification that has opened, or goes on, and then says outside that all went well. A run that dies
 * between alerting and recording it has people alerted twice: better than not at all.
 */
export const alertTeam = async (dependencies: Dependencies): Promise<Run> => {
  const { runbook, unalerted, take, publish, markAlerted, beat } = dependencies;
  const alerted: number[] = [];
  const alert = async (notification: Notification): Promise<void> => {
    const leased = await take(notification);
    if (leased === undefined) return;
    await publish(alertMessageOf(leased.notification, { runbook, former: leased.former }));
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
  return { alerted, faults, unheard: faults.length === 0 ? await beat() : undefined };
};
