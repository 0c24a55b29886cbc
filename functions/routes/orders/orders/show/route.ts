import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { queryId } from '../../../../contract/params.ts';
import { findOrder } from '../../../../orders/grants.ts';
import { orderView } from '../../../../orders/order.ts';
import { access } from '../../../../table/grants.ts';

export const showOrder = defineRoute({
  method: 'GET',
  path: 'orders/show',
  service: 'orders',
  purpose: 'Shows an order.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:read' },
  params: z.strictObject({ order_id: queryId }),
  data: z.strictObject({ order: orderView }),
  table: access(findOrder),
});
