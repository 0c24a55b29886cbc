import { mayActFor } from '../../../../accounts/caller.ts';
import type { HistoryEntry } from '../../../../orders/history.ts';
import type { Order } from '../../../../orders/order.ts';
import { unknownOrder } from '../../../../orders/order-change.ts';
import { viewOfHistoryEntry } from '../../../../orders/order-view.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Page } from '../../../../table/page.ts';
import { type PageStart, pageThrough } from '../../../page-through.ts';
import { showOrderHistory as route } from './route.ts';

/** What showing an order's history needs of the world. */
export interface Dependencies {
  findOrder(order_id: number): Promise<Order | undefined>;
  findHistory(order_id: number, start: PageStart): Promise<Page<HistoryEntry>>;
}

/** Shows what became of an order, to whom it concerns. */
export const showOrderHistory = (dependencies: Dependencies): Action<typeof route> => ({
  prefetch: async ({ order_id }) => order_id && dependencies.findOrder(order_id),

  run: async ({ params, caller }) => {
    const { order_id } = params.sound;
    const order = order_id === undefined ? undefined : await dependencies.findOrder(order_id);
    const list = pageThrough(route.path, order_id);
    const { start, faults } = list.start(params);
    if (order === undefined || !mayActFor(caller, order.client_id)) {
      throw params.refusal([unknownOrder(), ...faults]);
    }
    params.complete(faults);
    const page = await dependencies.findHistory(order.order_id, start);
    return {
      data: { history: page.items.map(viewOfHistoryEntry), next_cursor: list.cursorAfter(page) },
    };
  },
});
