import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import type { ValueChange } from './history.ts';
import { type ValueChangeView, valueChangeView } from './history-view.ts';
import { appointmentView, lineItemView, type Order, orderView, storedTime } from './order.ts';
import { viewOfOrder, viewOfValueChange } from './order-view.ts';

/**
 * What a change of an order would do, as clients see it. What only the change itself makes is left out: ids, `created_at` of a new
 * order, and `updated_at`, which somebody might else take for one to send.
 */
export const orderPreview = z.strictObject({
  order: z.strictObject({
    ...orderView.shape,
    order_id: z.optional(id),
    created_at: z.optional(storedTime),
    /** There when nothing would change. */
    updated_at: z.optional(storedTime),
    line_items: z.array(z.strictObject({ ...lineItemView.shape, line_item_id: z.optional(id) })),
    appointments: z.array(z.strictObject({ ...appointmentView.shape, appt_id: z.optional(id) })),
  }),
  /** As history would tell them; of a line item or appointment that is added, `field` is `line_items[]` or `appointments[]`. */
  changes: z.array(valueChangeView),
  /** The e-mail that would be sent, if one would be. */
  email: z.nullable(z.strictObject({ kind: z.string(), subject: z.string(), text: z.string() })),
});
export type OrderPreview = z.infer<typeof orderPreview>;

/** The place of a whole element: only one that is added has changed as a whole, since none is ever removed. */
const ADDED = /^(line_items|appointments)\[\d+\]$/;

const previewOfValueChange = (change: ValueChange): ValueChangeView => {
  const { field, before, after } = viewOfValueChange(change);
  const [, name] = ADDED.exec(field) ?? [];
  if (name === undefined) return { field, before, after };
  const { line_item_id: _, appt_id: __, ...element } = after as Record<string, ValueChangeView['after']>;
  return { field: `${name}[]`, before, after: element };
};

/**
 * What a change would make of an order, but for the e-mail.
 *
 * @param before the order as it is, if there is one
 */
export const previewOf = (
  before: Order | undefined,
  after: Order,
  changes: readonly ValueChange[],
): Omit<OrderPreview, 'email'> => {
  const known = new Set([
    ...(before?.line_items ?? []).map((item) => item.line_item_id),
    ...(before?.appointments ?? []).map((appointment) => appointment.appt_id),
  ]);
  const { order_id, created_at, updated_at, line_items, appointments, ...rest } = viewOfOrder(after);
  return {
    order: {
      ...rest,
      ...(before && { order_id, created_at }),
      ...(before?.updated_at === updated_at && { updated_at }),
      line_items: line_items.map(({ line_item_id, ...item }) =>
        known.has(line_item_id) ? { line_item_id, ...item } : item,
      ),
      appointments: appointments.map(({ appt_id, ...appointment }) =>
        known.has(appt_id) ? { appt_id, ...appointment } : appointment,
      ),
    },
    changes: changes.map(previewOfValueChange),
  };
};
