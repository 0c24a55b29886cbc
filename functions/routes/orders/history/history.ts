import type { Page } from '../../../adapters/pages.ts';
import type { Order } from '../../../contract/order.ts';
import { mayActFor } from '../../../domain/caller.ts';
import type { HistoryEntry } from '../../../domain/history.ts';
import { unknownOrder } from '../../../domain/order-change.ts';
import { viewOfHistoryEntry } from '../../../domain/order-view.ts';
import type { Action } from '../../../pipeline/action.ts';
import type { PagedList, PageStart } from '../../page-through.ts';
import { showOrderHistory as route } from './route.ts';

/** What showing an order's history needs of the world. */
export interface Dependencies {
  findOrder(order_id: number): Promise<Order | undefined>;
  findHistory(order_id: number, start: PageStart): Promise<Page<HistoryEntry>>;
  /** The list of that name, to page through. */
  pageThrough(...name: unknown[]): PagedList;
  /** Reads what paging needs. */
  prefetchPaging(): Promise<unknown>;
}

/** Shows what became of an order, to whom it concerns. */
export const showOrderHistory = (dependencies: Dependencies): Action<typeof route> => ({
  prefetch: ({ order_id }) =>
    Promise.all([dependencies.prefetchPaging(), order_id && dependencies.findOrder(order_id)]),

  run: async ({ params, caller }) => {
    const { order_id } = params.sound;
    const order = order_id === undefined ? undefined : await dependencies.findOrder(order_id);
    const list = dependencies.pageThrough(route.path, order_id);
    const { start, faults } = await list.start(params);
    if (order === undefined || !mayActFor(caller, order.client_id)) {
      throw params.refusal([unknownOrder(), ...faults]);
    }
    params.complete(faults);
    const page = await dependencies.findHistory(order.order_id, start);
    return {
      data: { history: page.items.map(viewOfHistoryEntry), next_cursor: await list.cursorAfter(page) },
    };
  },
});
