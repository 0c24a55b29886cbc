import { mayActFor } from '../../../../accounts/caller.ts';
import type { HistoryEntry } from '../../../../orders/history.ts';
import type { Order } from '../../../../orders/order.ts';
import { unknownOrder } from '../../../../orders/order-change.ts';
import { viewOfHistoryEntry } from '../../../../orders/order-view.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Page } from '../../../../table/page.ts';
import { listAction, type PageStart } from '../../../list-action.ts';
import { showOrderHistory as route } from './route.ts';

/** What showing an order's history needs of the world. */
export interface Dependencies {
  findOrder(order_id: number): Promise<Order | undefined>;
  findHistory(order_id: number, start: PageStart): Promise<Page<HistoryEntry>>;
}

/** Shows what became of an order, to whom it concerns. */
export const showOrderHistory = ({ findOrder, findHistory }: Dependencies): Action<typeof route> =>
  listAction(route, {
    name: 'history',
    prefetch: async ({ order_id }) => order_id && findOrder(order_id),
    judge: async ({ params, caller }, ofCursor) => {
      const { order_id } = params.sound;
      const order = order_id === undefined ? undefined : await findOrder(order_id);
      const isKnown = order !== undefined && mayActFor(caller, order.client_id);
      return isKnown ? ofCursor : [unknownOrder(), ...ofCursor];
    },
    find: ({ order_id }, start) => findHistory(order_id, start),
    see: viewOfHistoryEntry,
  });
