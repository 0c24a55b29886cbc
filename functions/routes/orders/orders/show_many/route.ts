import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { id } from '../../../../contract/params.ts';
import { queryIds } from '../../../../contract/query-ids.ts';
import { findOrder } from '../../../../orders/grants.ts';
import { orderView } from '../../../../orders/order.ts';
import { access } from '../../../../table/grants.ts';

export const showOrders = defineRoute({
  method: 'GET',
  path: 'orders/show_many',
  service: 'orders',
  purpose: 'Shows up to 100 orders by their ids, and says which of them are not found.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:read' },
  params: z.strictObject({ order_ids: queryIds(100) }),
  data: z.strictObject({
    /** In the order in which they were asked for. */
    orders: z.array(orderView),
    /** Those that do not exist, or are not the caller's to see. */
    not_found: z.array(id),
  }),
  table: access(findOrder),
});
