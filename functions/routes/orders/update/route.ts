import * as z from 'zod';
import { defineRoute } from '../../../contract/define-route.ts';
import { orderSchema } from '../../../contract/order.ts';
import { dateOrTime, id, text } from '../../../contract/params.ts';

const quantity = z.int().min(1).max(1_000_000);
const completion = {
  completed_quantity: z.int().min(0).max(1_000_000).optional(),
  completed_date: dateOrTime.optional(),
  completed_by: text(200).optional(),
};
/** The service group's name. */
const name = text(200, 1);

/** Changes an item of the order, and of it only the fields given. */
const changedItem = z.strictObject({
  line_item_id: id,
  name: name.optional(),
  quantity: quantity.optional(),
  ...completion,
});

const addedItem = z.strictObject({ name, quantity, ...completion });

export const updateOrder = defineRoute({
  method: 'POST',
  path: 'orders/update',
  service: 'orders',
  purpose: 'Changes an order: its notes, its line items and their completion, or cancels an appointment.',
  sensitive: false,
  access: { roles: ['client', 'liaison', 'employee'], scope: 'orders:write' },
  params: z.strictObject({
    order_id: id,
    notes: text(10_000).optional(),
    /** The value that the client last saw. Compared as a string. */
    updated_at: z.string(),
    line_items: z.array(z.union([changedItem, addedItem])).optional(),
    appointment: z.strictObject({
      appt_id: id,
      /** Cancels the appointment. */
      cancel_reason: text(200, 1).optional(),
      cancel_note: text(2_000).optional(),
    }),
  }),
  data: z.strictObject({ order: orderSchema }),
  table: ['PutItem'],
  sendsEmail: true,
});

export type UpdateOrderParams = z.infer<typeof updateOrder.params>;
