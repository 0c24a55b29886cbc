import type { Rescheduling } from '../../../../orders/appointment-params.ts';
import {
  type AppointmentChange,
  judgeRescheduling,
  judgeSchedule,
  reschedule,
} from '../../../../orders/appointments.ts';
import { appointmentMovedEmail } from '../../../../orders/letters.ts';
import { changeOrder } from '../../change-order.ts';

/** Moves an appointment to another time. */
export const rescheduleAppointment = changeOrder<Rescheduling, AppointmentChange>({
  judge: judgeSchedule,
  judgeAgainst: judgeRescheduling,
  apply: reschedule,
  emailOf: ({ after, was, is }) => was && appointmentMovedEmail(after, was, is),
});
