import * as z from 'zod/mini';
import { dryRun, id, list } from '../contract/params.ts';
import { schedule } from './appointment-params.ts';
import { MAX_LINE_ITEMS } from './order.ts';
import { itemName, notes, quantity, reference } from './update-params.ts';

/** What an order is made of. */
export const newOrder = {
  /** Required of all but clients, who order for themselves. */
  client_id: z.optional(id),
  reference: z.optional(reference),
  notes: z.optional(notes),
  line_items: list(z.strictObject({ name: itemName, quantity }), MAX_LINE_ITEMS).check(z.minLength(1)),
  appointment: z.optional(z.strictObject(schedule)),
  ...dryRun,
};
export type NewOrder = z.infer<z.ZodMiniObject<typeof newOrder>>;
