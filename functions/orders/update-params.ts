import * as z from 'zod/mini';
import { strictObject } from '../contract/objects.ts';
import {
  byKey,
  dateOrTime,
  dryRun,
  id,
  list,
  oneLine,
  text,
  visibleText,
  wholeNumber,
} from '../contract/params.ts';
import { MAX_LINE_ITEMS } from './order.ts';

/** How many of a line item there are. */
export const quantity = wholeNumber(1, 1_000_000);
const completion = {
  completed_quantity: z.optional(wholeNumber(0, 1_000_000)),
  completed_date: z.optional(dateOrTime),
  completed_by: z.optional(oneLine(200)),
};
/** The service group's name. */
export const itemName = oneLine(200);

/** Changes an item of the order, and of it only the fields given. */
const changedItem = strictObject({
  name: z.optional(itemName),
  line_item_id: id,
  quantity: z.optional(quantity),
  ...completion,
});

const addedItem = strictObject({ name: itemName, quantity, ...completion });

const lineItemChange = byKey('line_item_id', changedItem, addedItem);
export type LineItemChange = z.infer<typeof lineItemChange>;

/** A client's own number for an order. */
export const reference = oneLine(64);

/** Notes on an order. */
export const notes = text(10_000);

const appointmentChange = strictObject({
  appt_id: id,
  /** Cancels the appointment. */
  cancel_reason: z.optional(visibleText(200)),
  cancel_note: z.optional(text(2_000)),
});
export type AppointmentParams = z.infer<typeof appointmentChange>;

/** What an update can change of an order. */
export const orderChanges = {
  notes: z.optional(notes),
  /** The value that the client last saw. Compared as a string. */
  updated_at: z.string(),
  line_items: z.optional(list(lineItemChange, MAX_LINE_ITEMS)),
  appointment: appointmentChange,
  reference: z.optional(reference),
  ...dryRun,
};
export type OrderChanges = z.infer<z.ZodMiniObject<typeof orderChanges>>;
