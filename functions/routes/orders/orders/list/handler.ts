import { findClient } from '../../../../clients/clients.ts';
import { FormerLists } from '../../../../orders/former-lists.ts';
import { findOrders } from '../../../../orders/order-listing.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { listOrders } from './list.ts';
import { listOrders as route } from './route.ts';

const former = new FormerLists();

export const handler = pipeline(route, ({ table }) =>
  listOrders({
    clientExists: async (client_id) => (await findClient(table, client_id)) !== undefined,
    findOrders: (selection, start) => findOrders(table, selection, start, former),
  }),
);
