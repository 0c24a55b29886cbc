import * as z from 'zod/mini';
import { id } from '../contract/params.ts';

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
/** The statuses that this release gives an order. */
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** A time: ISO 8601, UTC, to the millisecond. */
export const storedTime = z.iso.datetime({ precision: 3 });
/** A date (`YYYY-MM-DD`) or a time. */
export const storedDateOrTime = z.union([z.iso.date(), storedTime]);

/** A line item as clients see it. */
export const lineItemView = z.strictObject({
  line_item_id: id,
  /** The service group's name. */
  name: z.string(),
  quantity: z.int(),
  completed_quantity: z.int(),
  /** Null until something is completed. */
  completed_date: z.nullable(storedDateOrTime),
  completed_by: z.nullable(z.string()),
});

/** An appointment as clients see it. */
export const appointmentView = z.strictObject({
  appt_id: id,
  /** `scheduled` or `cancelled`; a later release may have given it another. */
  status: z.string(),
  scheduled_for: storedTime,
  duration_minutes: z.nullable(z.int()),
  cancel_reason: z.nullable(z.string()),
  cancel_note: z.nullable(z.string()),
  cancelled_at: z.nullable(storedTime),
  cancelled_by: z.nullable(z.string()),
});

/** An order as clients see it. */
export const orderView = z.strictObject({
  order_id: id,
  client_id: id,
  /** The client's own number for it, unique among the client's orders. */
  reference: z.nullable(z.string()),
  /** One of `ORDER_STATUSES`; a later release may have given it another. */
  status: z.string(),
  notes: z.string(),
  created_at: storedTime,
  updated_at: storedTime,
  line_items: z.array(lineItemView),
  appointments: z.array(appointmentView),
});

/**
 * An order, with what it has of line items and appointments. What other releases keep with any of them is carried along, though
 * the types do not say so: it is read with them, written back with them, and never shown.
 */
export type Order = z.infer<typeof orderView>;
export type LineItem = z.infer<typeof lineItemView>;
export type Appointment = z.infer<typeof appointmentView>;
