import type { Notification, NotificationState } from '../../../../notifications/notification.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Page } from '../../../../table/page.ts';
import { type PageStart, pageThrough } from '../../../page-through.ts';
import { listNotifications as route } from './route.ts';

/** What listing notifications needs of the world. */
export interface Dependencies {
  findNotifications(state: NotificationState | undefined, start: PageStart): Promise<Page<Notification>>;
}

/** Lists the notifications to the team. */
export const listNotifications = (dependencies: Dependencies): Action<typeof route> => ({
  run: async ({ params }) => {
    const list = pageThrough(route.path, params.sound.state);
    const { start, faults } = list.start(params);
    const { state } = params.complete(faults);
    const page = await dependencies.findNotifications(state, start);
    return { data: { notifications: page.items, next_cursor: list.cursorAfter(page) } };
  },
});
