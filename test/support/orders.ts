import fc from 'fast-check';
import type { Caller, HeldRoles } from '../../functions/accounts/caller.ts';
import type { Scope } from '../../functions/contract/define-route.ts';
import type { Appointment, LineItem, Order } from '../../functions/orders/order.ts';
import { statusOf } from '../../functions/orders/order-change.ts';
import type {
  AppointmentParams,
  LineItemChange,
  OrderChanges,
} from '../../functions/orders/update-params.ts';
import { anyText } from './any-text.ts';

/** Values of the domain for tests: builders, which take what a test is about, and arbitraries. */

export const aLineItem = (given: Partial<LineItem> = {}): LineItem => ({
  line_item_id: 11,
  name: 'Windows',
  quantity: 10,
  completed_quantity: 0,
  completed_date: null,
  completed_by: null,
  ...given,
});

export const anAppointment = (given: Partial<Appointment> = {}): Appointment => ({
  appt_id: 21,
  status: 'scheduled',
  scheduled_for: '2026-11-20T09:30:00.000Z',
  duration_minutes: 60,
  cancel_reason: null,
  cancel_note: null,
  cancelled_at: null,
  cancelled_by: null,
  ...given,
});

/** An order of client 5 with one item and one appointment, and the status that its items give it. */
export const anOrder = (given: Partial<Order> = {}): Order => {
  const line_items = given.line_items ?? [aLineItem()];
  return {
    order_id: 1,
    client_id: 5,
    reference: null,
    status: statusOf(line_items),
    notes: 'Ring twice.',
    created_at: '2026-11-01T08:00:00.000Z',
    updated_at: '2026-11-02T08:00:00.000Z',
    appointments: [anAppointment()],
    ...given,
    line_items,
  };
};

/** Changes that fit `anOrder`, and change nothing unless they are given something. */
export const someChanges = (given: Partial<OrderChanges> = {}): OrderChanges => ({
  updated_at: '2026-11-02T08:00:00.000Z',
  appointment: { appt_id: 21 },
  ...given,
});

const aUser = (name: string, held: Partial<HeldRoles>): Caller => ({
  kind: 'user',
  id: 31,
  name,
  held: { client_id: null, employee: false, liaison_for: null, ...held },
});
export const aClient = (client_id = 5): Caller => aUser('Clara Client', { client_id });
export const aLiaison = (...liaison_for: number[]): Caller => aUser('Lin Liaison', { liaison_for });
export const anEmployee = (): Caller => aUser('Emil Employee', { employee: true });
export const anApplication = (...scopes: Scope[]): Caller => ({
  kind: 'application',
  id: 41,
  name: 'Planner',
  scopes: scopes.length === 0 ? ['orders:write'] : scopes,
});

const ids = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const quantities = fc.integer({ min: 1, max: 50 });
const texts = (minLength = 0) => anyText({ minLength, maxLength: 12 });
/** Of a past that lies before any clock of these tests. */
const times = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2026-10-01'), noInvalidDate: true })
  .map((time) => time.toISOString());
const datesOrTimes = times.chain((time) => fc.constantFrom(time, time.slice(0, 10)));
/** What can be seen, and in one line. */
const lines = texts().map((text) => `${text.replaceAll(/[\p{Cc}\p{Z}\p{Bidi_Control}]/gu, '')}x`);

const lineItems: fc.Arbitrary<LineItem> = quantities.chain((quantity) =>
  fc.record({
    line_item_id: ids,
    name: texts(1),
    quantity: fc.constant(quantity),
    completed_quantity: fc.integer({ min: 0, max: quantity }),
    completed_date: fc.option(
      fc.oneof(
        times,
        times.map((time) => time.slice(0, 10)),
      ),
    ),
    completed_by: fc.option(texts()),
  }),
);

const appointments: fc.Arbitrary<Appointment> = fc
  .record({ appt_id: ids, scheduled_for: times, reason: fc.option(texts(1)), note: fc.option(texts()) })
  .map(({ appt_id, scheduled_for, reason, note }) =>
    anAppointment({
      appt_id,
      scheduled_for,
      ...(reason !== null && {
        status: 'cancelled',
        cancel_reason: reason,
        cancel_note: note,
        cancelled_at: scheduled_for,
        cancelled_by: 'Emil Employee',
      }),
    }),
  );

/** Orders of up to 6 items and 3 appointments, which hold what is always true of an order. */
export const orders: fc.Arbitrary<Order> = fc
  .record({
    order_id: ids,
    client_id: ids,
    notes: texts(),
    line_items: fc.uniqueArray(lineItems, { maxLength: 6, selector: (item) => item.line_item_id }),
    appointments: fc.uniqueArray(appointments, {
      minLength: 1,
      maxLength: 3,
      selector: (appointment) => appointment.appt_id,
    }),
    updated_at: times,
  })
  .map((given) => anOrder({ ...given, created_at: '2019-12-31T00:00:00.000Z' }));

const completion = {
  completed_quantity: fc.integer({ min: 0, max: 50 }),
  completed_date: datesOrTimes,
  completed_by: lines,
};
const addedItems: fc.Arbitrary<LineItemChange> = fc.record(
  { name: lines, quantity: quantities, ...completion },
  { requiredKeys: ['name', 'quantity'] },
);
const changesOfItem = ({ line_item_id }: LineItem): fc.Arbitrary<LineItemChange> =>
  fc.record(
    { line_item_id: fc.constant(line_item_id), name: lines, quantity: quantities, ...completion },
    { requiredKeys: ['line_item_id'] },
  );
const changesOfAppointment = ({ appt_id }: Appointment): fc.Arbitrary<AppointmentParams> =>
  fc.oneof(
    fc.constant({ appt_id }),
    fc.record(
      { appt_id: fc.constant(appt_id), cancel_reason: lines, cancel_note: texts() },
      { requiredKeys: ['appt_id', 'cancel_reason'] },
    ),
  );

/** Changes of one order that the schema takes; the order's own rules may refuse them. */
export const changesOf = (order: Order): fc.Arbitrary<OrderChanges> =>
  fc
    .record({
      notes: fc.option(texts(), { nil: undefined }),
      changed: fc.subarray(order.line_items).chain((items) => fc.tuple(...items.map(changesOfItem))),
      added: fc.array(addedItems, { maxLength: 2 }),
      appointment: fc.constantFrom(...order.appointments).chain(changesOfAppointment),
    })
    .map(({ notes, changed, added, appointment }) => ({
      updated_at: order.updated_at,
      ...(notes !== undefined && { notes }),
      line_items: [...changed, ...added],
      appointment,
    }));

export const callers: fc.Arbitrary<Caller> = fc.constantFrom(
  aClient(),
  aLiaison(5),
  anEmployee(),
  anApplication(),
);
