import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';
import { strictObject } from '../../../../contract/objects.ts';
import { id } from '../../../../contract/params.ts';
import { changeReference, findOrder, findOrderId, saveChange } from '../../../../orders/grants.ts';
import { orderView } from '../../../../orders/order.ts';
import { orderPreview } from '../../../../orders/preview.ts';
import { orderChanges } from '../../../../orders/update-params.ts';
import { access } from '../../../../table/grants.ts';

export const updateOrder = defineRoute({
  method: 'POST',
  path: 'orders/update',
  service: 'orders',
  purpose: 'Changes an order: its notes, its line items and their completion, or cancels an appointment.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:write' },
  params: strictObject({ order_id: id, ...orderChanges }),
  data: z.strictObject({ order: orderView }),
  preview: orderPreview,
  table: access(findOrder, saveChange, changeReference, findOrderId),
  sends: ['email'],
});

export type UpdateOrderParams = z.infer<typeof updateOrder.params>;
