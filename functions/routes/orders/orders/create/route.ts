import * as z from 'zod/mini';
import { findClient } from '../../../../clients/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { claimReference, findOrderId, saveNewOrder } from '../../../../orders/grants.ts';
import { newOrder } from '../../../../orders/new-order-params.ts';
import { orderView } from '../../../../orders/order.ts';
import { orderPreview } from '../../../../orders/preview.ts';
import { access } from '../../../../table/grants.ts';

export const createOrder = defineRoute({
  method: 'POST',
  path: 'orders/create',
  service: 'orders',
  purpose: 'Makes an order for a client, who is told so by e-mail.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:write' },
  params: z.strictObject(newOrder),
  data: z.strictObject({ order: orderView }),
  preview: orderPreview,
  table: access(findClient, saveNewOrder, claimReference, findOrderId),
  sends: ['email'],
});
