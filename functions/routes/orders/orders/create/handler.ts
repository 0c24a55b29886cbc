import { findClient } from '../../../../clients/clients.ts';
import { findOrderId } from '../../../../orders/reference.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId } from '../../../../table/ids.ts';
import { createOrder } from './create.ts';
import { createOrder as route } from './route.ts';

export const handler = pipeline(route, ({ table }) =>
  createOrder({
    clientExists: async (client_id) => (await findClient(table, client_id)) !== undefined,
    findOrderId: (client_id, reference) => findOrderId(table, client_id, reference),
    newId: randomId,
  }),
);
