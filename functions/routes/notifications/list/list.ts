import type { Page } from '../../../adapters/pages.ts';
import type { Notification, NotificationState } from '../../../contract/notification.ts';
import type { Action } from '../../../pipeline/action.ts';
import type { PagedList, PageStart } from '../../page-through.ts';
import { listNotifications as route } from './route.ts';

/** What listing notifications needs of the world. */
export interface Dependencies {
  findNotifications(state: NotificationState | undefined, start: PageStart): Promise<Page<Notification>>;
  /** The list of that name, to page through. */
  pageThrough(...name: unknown[]): PagedList;
  /** Reads what paging needs. */
  prefetchPaging(): Promise<unknown>;
}

/** Lists the notifications to the team. */
export const listNotifications = (dependencies: Dependencies): Action<typeof route> => ({
  prefetch: () => dependencies.prefetchPaging(),

  run: async ({ params }) => {
    const list = dependencies.pageThrough(route.path, params.sound.state);
    const { start, faults } = await list.start(params);
    const { state } = params.complete(faults);
    const page = await dependencies.findNotifications(state, start);
    return { data: { notifications: page.items, next_cursor: await list.cursorAfter(page) } };
  },
});
