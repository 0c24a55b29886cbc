import { mayActFor } from '../../../../accounts/caller.ts';
import type { Order } from '../../../../orders/order.ts';
import { unknownOrder } from '../../../../orders/order-change.ts';
import { viewOfOrder } from '../../../../orders/order-view.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { showOrder as route } from './route.ts';

/** What showing an order needs of the world. */
export interface Dependencies {
  findOrder(order_id: number): Promise<Order | undefined>;
}

/** Shows an order to whom it concerns; to others it is as unknown as one that does not exist. */
export const showOrder = ({ findOrder }: Dependencies): Action<typeof route> => ({
  prefetch: async ({ order_id }) => order_id && (await findOrder(order_id)),

  run: async ({ params, caller }) => {
    const { order_id } = params.complete();
    const order = await findOrder(order_id);
    if (order === undefined || !mayActFor(caller, order.client_id)) throw params.refusal([unknownOrder()]);
    return { data: { order: viewOfOrder(order) } };
  },
});
