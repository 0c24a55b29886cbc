import { type Caller, clientsOf, mayActFor } from '../../../../accounts/caller.ts';
import { type Fault, fault } from '../../../../contract/faults.ts';
import type { Order } from '../../../../orders/order.ts';
import type { OrderSelection } from '../../../../orders/order-listing.ts';
import { viewOfOrder } from '../../../../orders/order-view.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Page } from '../../../../table/page.ts';
import { listAction, type PageStart } from '../../../list-action.ts';
import { listOrders as route } from './route.ts';

/** What listing orders needs of the world. */
export interface Dependencies {
  clientExists(client_id: number): Promise<boolean>;
  findOrders(selection: OrderSelection, start: PageStart): Promise<Page<Order>>;
}

/** Lists the orders that the caller may see. */
export const listOrders = (dependencies: Dependencies): Action<typeof route> =>
  listAction(route, {
    name: 'orders',
    prefetch: async ({ client_id }) => client_id && dependencies.clientExists(client_id),
    judge: async ({ params, caller }, ofCursor) => [
      ...ofCursor,
      ...(await judgeClient(params.sound.client_id, caller, dependencies)),
    ],
    find: ({ status, client_id, updated_since: since }, start, { caller }) => {
      const clients = client_id === undefined ? clientsOf(caller) : [client_id];
      return dependencies.findOrders({ clients, status, since }, start);
    },
    see: viewOfOrder,
  });

const judgeClient = async (
  client_id: number | undefined,
  caller: Caller,
  { clientExists }: Dependencies,
): Promise<Fault[]> =>
  client_id === undefined || (mayActFor(caller, client_id) && (await clientExists(client_id)))
    ? []
    : [fault('client_id', 'not-found', 'is not a client whose orders you can see')];
