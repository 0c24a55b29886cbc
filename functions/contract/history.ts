import * as z from 'zod/mini';
import { appointmentSchema, lineItemSchema } from './order.ts';
import { id } from './params.ts';

/** A value of an order: one that is a text or a number, or a whole line item or appointment. */
const value = z.nullable(z.union([z.string(), z.int(), lineItemSchema, appointmentSchema]));

/** One change of an order, as clients see it. */
export const historyEntryView = z.strictObject({
  at: z.string(),
  /** By whom, and by which kind of token; `id` is the user's or the application's. */
  by: z.strictObject({ token: z.enum(['session', 'application']), id, name: z.string() }),
  /** Where each value stands, and what it was and is; one that was not there is null. */
  changes: z.array(z.strictObject({ field: z.string(), before: value, after: value })),
});
export type HistoryEntryView = z.infer<typeof historyEntryView>;
