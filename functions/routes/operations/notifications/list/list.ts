import type { Notification, NotificationState } from '../../../../notifications/notification.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Page } from '../../../../table/page.ts';
import { listAction, type PageStart } from '../../../list-action.ts';
import { listNotifications as route } from './route.ts';

/** What listing notifications needs of the world. */
export interface Dependencies {
  findNotifications(state: NotificationState | undefined, start: PageStart): Promise<Page<Notification>>;
}

/** Lists the notifications to the team. */
export const listNotifications = ({ findNotifications }: Dependencies): Action<typeof route> =>
  listAction(route, {
    name: 'notifications',
    find: ({ state }, start) => findNotifications(state, start),
    see: (notification) => notification,
  });
