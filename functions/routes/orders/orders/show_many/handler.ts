import { findOrdersById, prefetchOrders } from '../../../../orders/order-store.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { showOrders as route } from './route.ts';
import { showOrders } from './show_many.ts';

export const handler = pipeline(route, ({ table }) =>
  showOrders({
    prefetchOrders: (order_ids) => prefetchOrders(table, order_ids),
    findOrdersById: (order_ids) => findOrdersById(table, order_ids),
  }),
);
