import { fault } from '../../../../contract/faults.ts';
import type { Notification } from '../../../../notifications/notification.ts';
import type { Action, Outcome } from '../../../../pipeline/action.ts';
import type { acknowledgeNotification as route } from './route.ts';

/** What acknowledging a notification needs of the world. */
export interface Dependencies {
  findNotification(notification_id: number): Promise<Notification | undefined>;
  /** Acknowledges it in somebody's name, and saves the outcome with that. */
  acknowledge(notification: Notification, by: string, outcome: Outcome): Promise<void>;
}

/** Acknowledges a notification. One that is acknowledged already stays as it is. */
export const acknowledgeNotification = ({
  findNotification,
  acknowledge,
}: Dependencies): Action<typeof route> => ({
  run: async ({ params, caller, now }) => {
    const { notification_id } = params.complete();
    const found = await findNotification(notification_id);
    if (found === undefined) {
      throw params.refusal([fault('notification_id', 'not-found', 'is not a notification')]);
    }
    if (found.state === 'acknowledged') return { data: { notification: found } };
    const notification = {
      ...found,
      state: 'acknowledged' as const,
      acknowledged_at: now.toISOString(),
      acknowledged_by: caller.name,
    };
    const data = { notification };
    await acknowledge(found, caller.name, { data });
    return { data };
  },
});
