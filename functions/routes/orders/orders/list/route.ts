import * as z from 'zod/mini';
import { findClient } from '../../../../clients/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { paging, queryId, time } from '../../../../contract/params.ts';
import { findOrders } from '../../../../orders/grants.ts';
import { ORDER_STATUSES, orderView } from '../../../../orders/order.ts';
import { access } from '../../../../table/grants.ts';

export const listOrders = defineRoute({
  method: 'GET',
  path: 'orders/list',
  service: 'orders',
  purpose: 'Lists orders, the newest change first.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:read' },
  params: z.strictObject({
    status: z.optional(z.enum(ORDER_STATUSES)),
    client_id: z.optional(queryId),
    /** Only orders that changed then or later. */
    updated_since: z.optional(time),
    ...paging,
  }),
  data: z.strictObject({ orders: z.array(orderView), next_cursor: z.nullable(z.string()) }),
  table: access(findClient, findOrders),
});
