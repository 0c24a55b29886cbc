import { fault } from '../../../../contract/faults.ts';
import type { Notification } from '../../../../notifications/notification.ts';
import { acknowledged } from '../../../../notifications/notification-store.ts';
import type { Action } from '../../../../pipeline/action.ts';
import { MOST_TRIES, untilUnchanged } from '../../../../table/until-unchanged.ts';
import type { acknowledgeNotification as route } from './route.ts';

/** What acknowledging a notification needs of the world. */
export interface Dependencies {
  findNotification(notification_id: number): Promise<Notification | undefined>;
}

/** Acknowledges a notification. One that is acknowledged already stays as it is. */
export const acknowledgeNotification = ({ findNotification }: Dependencies): Action<typeof route> => ({
  run: async ({ params, caller, now }, begin) => {
    const { notification_id } = params.complete();
    return untilUnchanged(MOST_TRIES, async () => {
      const found = await findNotification(notification_id);
      if (found === undefined) {
        throw params.refusal([fault('notification_id', 'not-found', 'is not a notification')]);
      }
      if (found.state === 'acknowledged') return begin().commit({ data: { notification: found } });
      const notification = {
        ...found,
        state: 'acknowledged' as const,
        acknowledged_at: now.toISOString(),
        acknowledged_by: caller.name,
      };
      return begin()
        .add(acknowledged(found, caller.name, now))
        .record({ kind: 'notification', id: notification_id })
        .commit({ data: { notification } });
    });
  },
});
