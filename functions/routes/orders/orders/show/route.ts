import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { queryId } from '../../../../contract/params.ts';
import { findOrder, findOrderId } from '../../../../orders/grants.ts';
import { orderView } from '../../../../orders/order.ts';
import { reference } from '../../../../orders/update-params.ts';
import { access } from '../../../../table/grants.ts';

export const showOrder = defineRoute({
  method: 'GET',
  path: 'orders/show',
  service: 'orders',
  purpose: 'Shows an order, by its id or by the number that its client has given it.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:read' },
  params: z.strictObject({
    order_id: z.optional(queryId),
    reference: z.optional(reference),
    /** Whose number the reference is; required of all but clients. */
    client_id: z.optional(queryId),
  }),
  data: z.strictObject({ order: orderView }),
  table: access(findOrder, findOrderId),
});
