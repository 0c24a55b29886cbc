import type { Rescheduling } from '../../../contract/appointments.ts';
import {
  type AppointmentChange,
  judgeRescheduling,
  judgeSchedule,
  reschedule,
} from '../../../domain/appointments.ts';
import { appointmentMovedEmail } from '../../../domain/email.ts';
import { changeOrder } from '../../change-order.ts';

/** Moves an appointment to another time. */
export const rescheduleAppointment = changeOrder<Rescheduling, AppointmentChange>({
  judge: judgeSchedule,
  judgeAgainst: judgeRescheduling,
  apply: reschedule,
  emailOf: ({ after, was, is }) => was && appointmentMovedEmail(after, was, is),
});
