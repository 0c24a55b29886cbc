import { findHistory } from '../../../../orders/history-store.ts';
import { findOrder } from '../../../../orders/order-store.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { showOrderHistory } from './history.ts';
import { showOrderHistory as route } from './route.ts';

export const handler = pipeline(route, ({ table }) =>
  showOrderHistory({
    findOrder: (order_id) => findOrder(table, order_id),
    findHistory: (order_id, start) => findHistory(table, order_id, start),
  }),
);
