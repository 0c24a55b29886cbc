import { describe, expect, it } from 'vitest';
import {
  judgeNewAppointment,
  judgeRescheduling,
  judgeSchedule,
  judgeTime,
  makeAppointment,
  reschedule,
} from '../../functions/orders/appointments.ts';
import type { Order } from '../../functions/orders/order.ts';
import { aClient, anAppointment, anEmployee, anOrder } from '../support/orders.ts';

const NOW = new Date('2026-11-05T15:00:00.000Z');
const OLD = '2026-11-01T08:00:00.000Z';
const cancelled = anAppointment({ appt_id: 22, status: 'cancelled', cancel_reason: 'Rain' });
const order = anOrder({ appointments: [anAppointment(), cancelled] });
const { order_id, updated_at } = order;
/** An order with so many appointments. */
const orderWith = (count: number): Order =>
  anOrder({
    appointments: Array.from({ length: count }, (_, index) => anAppointment({ appt_id: index + 1 })),
  });

const context = { caller: anEmployee(), now: NOW, newId: () => 99 };
const codes = (faults: { param: string; code: string }[]) =>
  faults.map(({ param, code }) => `${param} ${code}`);

describe('making an appointment', () => {
  const params = { order_id, updated_at, scheduled_for: '2026-12-01T09:00:00.000Z', duration_minutes: 45 };
  const made = anAppointment({
    appt_id: 99,
    scheduled_for: '2026-12-01T09:00:00.000Z',
    duration_minutes: 45,
  });

  it('An appointment is added after those that there are', () => {
    const change = makeAppointment(order, params, context);
    expect(change).toMatchObject({ before: order, was: undefined, is: made });
    expect(change?.after).toEqual({
      ...order,
      appointments: [...order.appointments, made],
      updated_at: NOW.toISOString(),
    });
  });

  it('A new appointment needs no duration', () => {
    const { duration_minutes: _, ...given } = params;
    expect(makeAppointment(order, given, context)?.is).toEqual({ ...made, duration_minutes: null });
  });

  it('A new appointment is in the history as a whole, with who made it', () => {
    expect(makeAppointment(order, params, { ...context, caller: aClient() })?.history).toEqual({
      order_id,
      at: NOW.toISOString(),
      by: { token: 'session', id: 31, name: 'Clara Client' },
      changes: [{ field: 'appointments[99]', before: null, after: made }],
    });
  });

  it('A new appointment takes an id that no other one of the order has', () => {
    const ids = [21, 22, 21, 23];
    const newId = () => ids.shift() ?? 0;
    expect(makeAppointment(order, params, { ...context, newId })?.is.appt_id).toBe(23);
  });

  it('A second appointment is made at the same time when one is asked for again', () => {
    const first = makeAppointment(order, params, context)?.after ?? order;
    const second = makeAppointment(first, params, { ...context, newId: () => 100 });
    expect(second?.after.appointments).toHaveLength(4);
  });

  it('An order that has 100 appointments, cancelled ones included, takes no more, and any other does', () => {
    expect(codes(judgeNewAppointment(orderWith(99), { updated_at }))).toEqual([]);
    expect(codes(judgeNewAppointment(orderWith(100), { updated_at }))).toEqual([
      'order_id too-many-appointments',
    ]);
    const allCancelled = orderWith(100).appointments.map((each) => ({
      ...each,
      status: 'cancelled' as const,
    }));
    expect(codes(judgeNewAppointment(anOrder({ appointments: allCancelled }), { updated_at }))).toEqual([
      'order_id too-many-appointments',
    ]);
  });

  it('A new appointment on an older state is stale, and that is all that is said of it', () => {
    expect(codes(judgeNewAppointment(orderWith(100), { updated_at: OLD }))).toEqual(['updated_at stale']);
    expect(codes(judgeNewAppointment(order, { updated_at: OLD }))).toEqual(['updated_at stale']);
  });

  it('A new appointment is judged by the order when updated_at has a fault in itself', () => {
    expect(codes(judgeNewAppointment(orderWith(100), {}))).toEqual(['order_id too-many-appointments']);
    expect(codes(judgeNewAppointment(order, {}))).toEqual([]);
  });
});

describe('the time of an appointment', () => {
  const codesOf = (scheduled_for: string | undefined, now = NOW) =>
    codes(judgeTime(scheduled_for, 'appointment.scheduled_for', now));

  it.each([
    '2026-11-04T00:00:00.000Z',
    '2026-11-05T14:59:00.000Z',
    '2026-11-05T15:00:00.001Z',
    '9999-12-31T23:59:59.999Z',
  ])('An appointment can be at %s: yesterday or later', (scheduled_for) => {
    expect(codesOf(scheduled_for)).toEqual([]);
  });

  it.each(['2026-11-03T23:59:59.999Z', '1990-01-01T09:00:00.000Z', '0000-01-01T00:00:00.000Z'])(
    'An appointment cannot be at %s, which is before yesterday',
    (scheduled_for) => {
      expect(codesOf(scheduled_for)).toEqual(['appointment.scheduled_for in-past']);
      expect(codes(judgeSchedule({ scheduled_for }, anEmployee(), NOW))).toEqual(['scheduled_for in-past']);
    },
  );

  it('An appointment can be yesterday, whatever time it is: also across a month and a year', () => {
    expect(codesOf('2026-12-31T00:00:00.000Z', new Date('2027-01-01T23:59:59.999Z'))).toEqual([]);
    expect(codesOf('2026-12-30T23:59:59.999Z', new Date('2027-01-01T00:00:00.000Z'))).not.toEqual([]);
  });

  it('A time that has a fault in itself is not judged once more', () => {
    expect(codesOf(undefined)).toEqual([]);
  });
});

describe('moving an appointment', () => {
  const scheduled_for = '2026-12-01T09:00:00.000Z';
  const params = { order_id, updated_at, appt_id: 21, scheduled_for };
  const moved = anAppointment({ scheduled_for });

  it('An appointment gets another time, keeps its duration, and leaves the others', () => {
    const change = reschedule(order, params, context);
    expect(change).toMatchObject({ before: order, was: anAppointment(), is: moved });
    expect(change?.after).toEqual({
      ...order,
      appointments: [moved, cancelled],
      updated_at: NOW.toISOString(),
    });
  });

  it('An appointment that is moved can be given another duration', () => {
    expect(reschedule(order, { ...params, duration_minutes: 15 }, context)?.is).toEqual({
      ...moved,
      duration_minutes: 15,
    });
    const undecided = anOrder({ appointments: [anAppointment({ duration_minutes: null })] });
    expect(reschedule(undecided, params, context)?.is.duration_minutes).toBeNull();
  });

  it('A moved appointment is in the history with what was and what is', () => {
    expect(reschedule(order, { ...params, duration_minutes: 15 }, context)?.history.changes).toEqual([
      {
        field: 'appointments[21].scheduled_for',
        before: '2026-11-20T09:30:00.000Z',
        after: '2026-12-01T09:00:00.000Z',
      },
      { field: 'appointments[21].duration_minutes', before: 60, after: 15 },
    ]);
  });

  it.each([
    ['the time that it has', {}],
    ['the time and the duration that it has', { duration_minutes: 60 }],
  ])('An appointment that is moved to %s changes nothing', (_, given) => {
    const same = { ...params, scheduled_for: '2026-11-20T09:30:00.000Z', ...given };
    expect(reschedule(order, same, context)).toBeUndefined();
  });

  it.each([
    ['that the order does not have', 23, ['appt_id not-found']],
    ['that is cancelled already', 22, ['appt_id already-cancelled']],
    ['that is to come', 21, []],
    ['whose id has a fault in itself', undefined, []],
  ])('Moving an appointment %s (%j) is judged as %j', (_, appt_id, expected) => {
    expect(codes(judgeRescheduling(order, { updated_at, appt_id }))).toEqual(expected);
    expect(codes(judgeRescheduling(order, { appt_id }))).toEqual(expected);
  });

  it.each([21, 22, 23])(
    'Moving an appointment of an older state is stale, and that is all that is said of it: %i',
    (appt_id) => {
      expect(codes(judgeRescheduling(order, { updated_at: OLD, appt_id }))).toEqual(['updated_at stale']);
    },
  );
});
