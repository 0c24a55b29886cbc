import { type Caller, clientsOf, mayActFor } from '../../../../accounts/caller.ts';
import { type Fault, fault } from '../../../../contract/faults.ts';
import type { Order } from '../../../../orders/order.ts';
import type { OrderSelection } from '../../../../orders/order-listing.ts';
import { viewOfOrder } from '../../../../orders/order-view.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Page } from '../../../../table/page.ts';
import { type PageStart, pageThrough } from '../../../page-through.ts';
import { listOrders as route } from './route.ts';

/** What listing orders needs of the world. */
export interface Dependencies {
  clientExists(client_id: number): Promise<boolean>;
  findOrders(selection: OrderSelection, start: PageStart): Promise<Page<Order>>;
}

/** Lists the orders that the caller may see. */
export const listOrders = (dependencies: Dependencies): Action<typeof route> => ({
  prefetch: async ({ client_id }) => client_id && dependencies.clientExists(client_id),

  run: async ({ params, caller }) => {
    const { status, client_id, updated_since } = params.sound;
    const list = pageThrough(route.path, status, client_id, updated_since);
    const { start, faults } = list.start(params);
    params.complete([...faults, ...(await judgeClient(client_id, caller, dependencies))]);
    const page = await dependencies.findOrders(
      { clients: client_id === undefined ? clientsOf(caller) : [client_id], status, since: updated_since },
      start,
    );
    return { data: { orders: page.items.map(viewOfOrder), next_cursor: list.cursorAfter(page) } };
  },
});

const judgeClient = async (
  client_id: number | undefined,
  caller: Caller,
  { clientExists }: Dependencies,
): Promise<Fault[]> =>
  client_id === undefined || (mayActFor(caller, client_id) && (await clientExists(client_id)))
    ? []
    : [fault('client_id', 'not-found', 'is not a client whose orders you can see')];
