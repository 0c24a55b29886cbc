import type { NewAppointment } from '../../../contract/appointments.ts';
import {
  type AppointmentChange,
  judgeNewAppointment,
  judgeSchedule,
  makeAppointment,
} from '../../../domain/appointments.ts';
import { appointmentMadeEmail } from '../../../domain/email.ts';
import { changeOrder } from '../../change-order.ts';

/** Makes an appointment for an order. */
export const createAppointment = changeOrder<NewAppointment, AppointmentChange>({
  judge: judgeSchedule,
  judgeAgainst: judgeNewAppointment,
  apply: makeAppointment,
  emailOf: ({ after, is }) => appointmentMadeEmail(after, is),
});
