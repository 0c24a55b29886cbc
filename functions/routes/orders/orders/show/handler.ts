import { findOrder } from '../../../../orders/order-store.ts';
import { findOrderId } from '../../../../orders/reference.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { showOrder as route } from './route.ts';
import { showOrder } from './show.ts';

export const handler = pipeline(route, ({ table }) =>
  showOrder({
    findOrder: (order_id) => findOrder(table, order_id),
    findOrderId: (client_id, reference) => findOrderId(table, client_id, reference),
  }),
);
