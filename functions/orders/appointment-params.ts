import * as z from 'zod/mini';
import { dryRun, id, timeOfAnyYear, wholeNumber } from '../contract/params.ts';

/** When an appointment is, which is not before yesterday, and for how many minutes; at most for a day. */
export const schedule = {
  scheduled_for: timeOfAnyYear,
  duration_minutes: z.optional(wholeNumber(1, 24 * 60)),
};

/** What a new appointment of an order is made of. */
export const newAppointmentParams = z.strictObject({
  order_id: id,
  updated_at: z.string(),
  ...schedule,
  ...dryRun,
});
export type NewAppointment = z.infer<typeof newAppointmentParams>;

/** What moves an appointment. Without `duration_minutes` it stays as long as it is. */
export const reschedulingParams = z.strictObject({
  order_id: id,
  updated_at: z.string(),
  appt_id: id,
  ...schedule,
  ...dryRun,
});
export type Rescheduling = z.infer<typeof reschedulingParams>;
