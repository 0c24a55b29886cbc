import * as z from 'zod/mini';
import { id } from './params.ts';

/** The most line items that one order can have. */
export const MAX_LINE_ITEMS = 100;
/** The most appointments that one order can have, cancelled ones included. */
export const MAX_APPOINTMENTS = 100;
/**
 * The most bytes that an order can have, as JSON in UTF-8: each change pays for writing all of them. Orders of release 0.2, which
 * allowed 400,000, can be larger; a change makes them no larger than they are.
 */
export const MAX_ORDER_BYTES = 128_000;

export const ORDER_STATUSES = ['open', 'in_progress', 'completed'] as const;
export const APPOINTMENT_STATUSES = ['scheduled', 'cancelled'] as const;

/** A time: ISO 8601, UTC, to the millisecond. */
const time = z.iso.datetime({ precision: 3 });

export const lineItemSchema = z.strictObject({
  line_item_id: id,
  /** The service group's name. */
  name: z.string(),
  quantity: z.int(),
  completed_quantity: z.int(),
  /** A date (`YYYY-MM-DD`) or a time; null until something is completed. */
  completed_date: z.nullable(z.union([z.iso.date(), time])),
  completed_by: z.nullable(z.string()),
});
export type LineItem = z.infer<typeof lineItemSchema>;

export const appointmentSchema = z.strictObject({
  appt_id: id,
  status: z.enum(APPOINTMENT_STATUSES),
  scheduled_for: time,
  duration_minutes: z.nullable(z.int()),
  cancel_reason: z.nullable(z.string()),
  cancel_note: z.nullable(z.string()),
  cancelled_at: z.nullable(time),
  cancelled_by: z.nullable(z.string()),
});
export type Appointment = z.infer<typeof appointmentSchema>;

/** An order, as clients see it and as it is kept. */
export const orderSchema = z.strictObject({
  order_id: id,
  client_id: id,
  status: z.enum(ORDER_STATUSES),
  notes: z.string(),
  created_at: time,
  updated_at: time,
  line_items: z.array(lineItemSchema),
  appointments: z.array(appointmentSchema),
});
export type Order = z.infer<typeof orderSchema>;
