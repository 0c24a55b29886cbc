import type { NewAppointment } from '../../../../orders/appointment-params.ts';
import {
  type AppointmentChange,
  judgeNewAppointment,
  judgeSchedule,
  makeAppointment,
} from '../../../../orders/appointments.ts';
import { appointmentMadeEmail } from '../../../../orders/letters.ts';
import { changeOrder } from '../../change-order.ts';

/** Makes an appointment for an order. */
export const createAppointment = changeOrder<NewAppointment, AppointmentChange>({
  judge: judgeSchedule,
  judgeAgainst: judgeNewAppointment,
  apply: makeAppointment,
  emailOf: ({ after, is }) => appointmentMadeEmail(after, is),
});
