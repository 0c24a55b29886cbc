import * as z from 'zod';
import { MAX_LINE_ITEMS } from './order.ts';
import { dateOrTime, id, list, text } from './params.ts';

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

const lineItemChange = z.union([changedItem, addedItem]);
export type LineItemChange = z.infer<typeof lineItemChange>;

const appointmentChange = z.strictObject({
  appt_id: id,
  /** Cancels the appointment. */
  cancel_reason: text(200, 1).optional(),
  cancel_note: text(2_000).optional(),
});
export type AppointmentChange = z.infer<typeof appointmentChange>;

/** What an update can change of an order. */
export const orderChanges = {
  notes: text(10_000).optional(),
  /** The value that the client last saw. Compared as a string. */
  updated_at: z.string(),
  line_items: list(lineItemChange, MAX_LINE_ITEMS).optional(),
  appointment: appointmentChange,
};
export type OrderChanges = z.infer<z.ZodObject<typeof orderChanges>>;
