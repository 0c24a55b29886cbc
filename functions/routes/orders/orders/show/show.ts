import { clientOf, mayActFor } from '../../../../accounts/caller.ts';
import { type Fault, fault, missing } from '../../../../contract/faults.ts';
import type { Reading } from '../../../../contract/read-params.ts';
import type { Order } from '../../../../orders/order.ts';
import { unknownOrder } from '../../../../orders/order-change.ts';
import { viewOfOrder } from '../../../../orders/order-view.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { showOrder as route } from './route.ts';

/** Everything that showing an order needs of the world. */
export interface Dependencies {
  findOrder(order_id: number): Promise<Order | undefined>;
  /** The id of the order to which a client has given that number. */
  findOrderId(client_id: number, reference: string): Promise<number | undefined>;
}

type Params = Reading<{
  order_id?: number | undefined;
  reference?: string | undefined;
  client_id?: number | undefined;
}>;

/** The faults of how an order is named: by its id alone, or by a reference and the client whose it is. */
const namingFaults = ({ isGiven }: Params, client_id: number | undefined): Fault[] => {
  const besides = (name: Parameters<typeof isGiven>[0]) =>
    isGiven(name)
      ? [fault(name, 'conflicting', 'does not go with order_id, which names an order alone')]
      : [];
  if (isGiven('order_id')) return [...besides('reference'), ...besides('client_id')];
  if (!isGiven('reference')) return [missing('order_id')];
  return client_id === undefined ? [missing('client_id')] : [];
};

/** The fault of a reference that no order has which the caller may see: nobody can tell which. */
const unknownReference = (): Fault => fault('reference', 'not-found', 'is that of no order that you can see');

/** Shows an order to whom it concerns; to others it is as unknown as one that does not exist. */
export const showOrder = ({ findOrder, findOrderId }: Dependencies): Action<typeof route> => ({
  prefetch: async ({ order_id, reference, client_id }) =>
    order_id === undefined
      ? client_id && reference && (await findOrderId(client_id, reference))
      : await findOrder(order_id),

  run: async ({ params, caller }) => {
    const client_id = clientOf(params.sound.client_id, caller);
    const { order_id, reference } = params.complete(namingFaults(params, client_id));
    const unknown = reference === undefined ? unknownOrder : unknownReference;
    const id =
      order_id ??
      (reference !== undefined && client_id !== undefined && mayActFor(caller, client_id)
        ? await findOrderId(client_id, reference)
        : undefined);
    const order = id === undefined ? undefined : await findOrder(id);
    if (order === undefined || !mayActFor(caller, order.client_id)) throw params.refusal([unknown()]);
    return { data: { order: viewOfOrder(order) } };
  },
});
