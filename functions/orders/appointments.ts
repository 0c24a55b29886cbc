import type { Caller } from '../accounts/caller.ts';
import { dateOf, daysAfter } from '../contract/days.ts';
import { type Fault, fault } from '../contract/faults.ts';
import type { Sound } from '../contract/read-params.ts';
import type { NewAppointment, Rescheduling } from './appointment-params.ts';
import { type Appointment, MAX_APPOINTMENTS, type Order } from './order.ts';
import { type ChangeContext, changeOf, freeId, type OrderChange, unlessStale } from './order-change.ts';

/** An appointment that has just been made. */
export const newAppointment = (
  { scheduled_for, duration_minutes }: Pick<NewAppointment, 'scheduled_for' | 'duration_minutes'>,
  appt_id: number,
): Appointment => ({
  appt_id,
  status: 'scheduled',
  scheduled_for,
  duration_minutes: duration_minutes ?? null,
  cancel_reason: null,
  cancel_note: null,
  cancelled_at: null,
  cancelled_by: null,
});

/** The appointment of an id. */
export const appointmentOf = ({ appointments }: Order, id: number | undefined): Appointment | undefined =>
  appointments.find(({ appt_id }) => appt_id === id);

/**
 * The faults of an appointment that is to be changed.
 *
 * @param param the parameter that names it
 */
export const judgeChangeable = (order: Order, appt_id: number, param: string, changes: boolean): Fault[] => {
  const appointment = appointmentOf(order, appt_id);
  if (appointment === undefined) return [fault(param, 'not-found', 'is not an appointment of this order')];
  return changes && appointment.status === 'cancelled'
    ? [fault(param, 'already-cancelled', 'is of an appointment that is cancelled already')]
    : [];
};

/**
 * The fault of a time that is past: no appointment is before yesterday, in UTC. A day's grace, since it may be another day where
 * the client is.
 *
 * @param param the parameter that it comes in
 */
export const judgeTime = (scheduled_for: string | undefined, param: string, now: Date): Fault[] =>
  scheduled_for !== undefined && scheduled_for < dateOf(daysAfter(-1, now))
    ? [fault(param, 'in-past', 'must not be before yesterday')]
    : [];

/** The faults of when an appointment shall be that show without the order. */
export const judgeSchedule = (
  { scheduled_for }: { scheduled_for?: string | undefined },
  _caller: Caller,
  now: Date,
): Fault[] => judgeTime(scheduled_for, 'scheduled_for', now);

/** The faults of a new appointment that show only against the order. */
export const judgeNewAppointment = (order: Order, { updated_at }: Sound<NewAppointment>): Fault[] =>
  unlessStale(order, updated_at, () =>
    order.appointments.length < MAX_APPOINTMENTS
      ? []
      : [
          fault(
            'order_id',
            'too-many-appointments',
            `is of an order that has ${MAX_APPOINTMENTS} appointments, the most there can be`,
          ),
        ],
  );

/** What a change does to one appointment: as it was, if it was there, and as it is. */
export interface AppointmentChange extends OrderChange {
  was: Appointment | undefined;
  is: Appointment;
}

const changeWith = (
  order: Order,
  was: Appointment | undefined,
  is: Appointment,
  context: ChangeContext,
): AppointmentChange | undefined => {
  const others = order.appointments.map((each) => (each === was ? is : each));
  const change = changeOf(order, { appointments: was === undefined ? [...others, is] : others }, context);
  return change && { ...change, was, is };
};

/** Adds an appointment to an order. */
export const makeAppointment = (
  order: Order,
  params: NewAppointment,
  context: ChangeContext,
): AppointmentChange | undefined => {
  const appt_id = freeId(
    order.appointments.map((each) => each.appt_id),
    context.newId,
  );
  return changeWith(order, undefined, newAppointment(params, appt_id), context);
};

/** The faults of a new time that show only against the order. */
export const judgeRescheduling = (order: Order, { updated_at, appt_id }: Sound<Rescheduling>): Fault[] =>
  unlessStale(order, updated_at, () =>
    appt_id === undefined ? [] : judgeChangeable(order, appt_id, 'appt_id', true),
  );

/** Moves an appointment to another time; undefined when that is what it has. */
export const reschedule = (
  order: Order,
  { appt_id, scheduled_for, duration_minutes }: Rescheduling,
  context: ChangeContext,
): AppointmentChange | undefined => {
  const was = appointmentOf(order, appt_id);
  // Without one, the parameters were refused.
  if (was === undefined) return undefined;
  const is = { ...was, scheduled_for, duration_minutes: duration_minutes ?? was.duration_minutes };
  return changeWith(order, was, is, context);
};
