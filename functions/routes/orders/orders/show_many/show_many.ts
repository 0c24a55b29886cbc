import { mayActFor } from '../../../../accounts/caller.ts';
import { fault } from '../../../../contract/faults.ts';
import type { FoundOrders } from '../../../../orders/order-store.ts';
import { viewOfOrder } from '../../../../orders/order-view.ts';
import type { Action } from '../../../../pipeline/action.ts';
import { bytesInAnswer, MAX_PAGE_BYTES } from '../../../../table/page.ts';
import type { showOrders as route } from './route.ts';

/** What showing several orders needs of the world. */
export interface Dependencies {
  /** Starts reading orders, so that all of them go out in one request with the token's read. */
  prefetchOrders(order_ids: readonly number[]): Promise<unknown>;
  findOrdersById(order_ids: readonly number[]): Promise<FoundOrders>;
}

/** The fault of orders that no answer can hold together. Some of them alone would look like all that there are. */
const tooLarge = () =>
  fault('order_ids', 'answer-too-large', 'names orders that are too large for one answer: ask for fewer');

/** Shows several orders to whom they concern; to others they are as unknown as those that do not exist. */
export const showOrders = ({ prefetchOrders, findOrdersById }: Dependencies): Action<typeof route> => ({
  prefetch: async ({ order_ids = [] }) => prefetchOrders(order_ids.filter((id) => id !== undefined)),

  run: async ({ params, caller }) => {
    const { order_ids } = params.complete();
    const { orders, unreadable } = await findOrdersById(order_ids);
    const shown = orders.filter(({ client_id }) => mayActFor(caller, client_id)).map(viewOfOrder);
    const bytes = shown.reduce((sum, order) => sum + bytesInAnswer(order), 0);
    if (bytes > MAX_PAGE_BYTES) throw params.refusal([tooLarge()]);
    const found = new Set([...shown.map(({ order_id }) => order_id), ...unreadable]);
    return { data: { orders: shown, not_found: order_ids.filter((order_id) => !found.has(order_id)) } };
  },
});
