import { describe, expect, it } from 'vitest';
import type { Caller } from '../../functions/accounts/caller.ts';
import type { Sound } from '../../functions/contract/read-params.ts';
import { judgeChanges, judgeUpdate } from '../../functions/orders/order-update.ts';
import type { OrderChanges } from '../../functions/orders/update-params.ts';
import {
  aClient,
  aLiaison,
  anApplication,
  anAppointment,
  anEmployee,
  anOrder,
  someChanges,
} from '../support/orders.ts';

const NOW = new Date('2026-11-05T15:00:00.000Z');
const order = anOrder({
  appointments: [anAppointment(), anAppointment({ appt_id: 22, status: 'cancelled', cancel_reason: 'Rain' })],
});

const faultsOf = (params: Sound<OrderChanges>, caller: Caller = anEmployee()): string[] =>
  [...judgeChanges(params, caller, NOW), ...judgeUpdate(order, params, caller)].map(
    ({ param, code }) => `${param} ${code}`,
  );

describe('an update of an older state', () => {
  it('An update of an older state is stale, and nothing else is judged against the order', () => {
    const params = someChanges({
      updated_at: '2026-11-01T08:00:00.000Z',
      line_items: [{ line_item_id: 404 }],
      appointment: { appt_id: 404 },
    });
    expect(faultsOf(params)).toEqual(['updated_at stale']);
    expect(faultsOf(params, aClient())).toEqual(['line_items not-permitted', 'updated_at stale']);
  });

  it.each(['2026-11-02T08:00:00Z', '2026-11-02T09:00:00.000+01:00', ' 2026-11-02T08:00:00.000Z', ''])(
    'An older state is told by comparing text: %j',
    (updated_at) => {
      expect(faultsOf(someChanges({ updated_at }))).toEqual(['updated_at stale']);
    },
  );

  it('Whether a state is older is not known when updated_at itself has a fault', () => {
    expect(faultsOf({ updated_at: undefined, appointment: { appt_id: 404 } })).toEqual([
      'appointment.appt_id not-found',
    ]);
  });
});

describe('line items', () => {
  const line_items = [{ line_item_id: 404 }];

  it.each([anEmployee(), anApplication()])('$name may change line items', (caller) => {
    expect(faultsOf(someChanges({ line_items }), caller)).toEqual(['line_items[0].line_item_id not-found']);
  });

  it.each([aClient(), aLiaison(5)])('$name may not change line items', (caller) => {
    expect(faultsOf(someChanges({ line_items }), caller)).toEqual(['line_items not-permitted']);
    expect(faultsOf({ ...someChanges(), line_items: [undefined] }, caller)).toEqual([
      'line_items not-permitted',
    ]);
  });

  it('An empty list, which anybody may send, changes no line items', () => {
    expect(faultsOf(someChanges({ line_items: [] }), aClient())).toEqual([]);
  });
});

describe('the rest of an update', () => {
  it.each([aClient(), aLiaison(5), anEmployee(), anApplication()])(
    '$name may change the notes and cancel an appointment',
    (caller) => {
      const params = someChanges({ notes: 'New.', appointment: { appt_id: 21, cancel_reason: 'Rain' } });
      expect(faultsOf(params, caller)).toEqual([]);
    },
  );
});

describe('the appointment', () => {
  it('The appointment of an update must be one of its order', () => {
    expect(faultsOf(someChanges({ appointment: { appt_id: 23 } }))).toEqual([
      'appointment.appt_id not-found',
    ]);
  });

  it('The appointment of an update can be cancelled already, unless it is to be cancelled', () => {
    expect(faultsOf(someChanges({ appointment: { appt_id: 22 } }))).toEqual([]);
    for (const cancel_reason of ['Snow', undefined]) {
      // Without a value it is given with a fault.
      expect(faultsOf({ ...someChanges(), appointment: { appt_id: 22, cancel_reason } })).toEqual([
        'appointment.appt_id already-cancelled',
      ]);
    }
  });

  it('The appointment of an update is not looked for by an id that has a fault', () => {
    expect(
      faultsOf({ ...someChanges(), appointment: { appt_id: undefined, cancel_note: 'Call us.' } }),
    ).toEqual(['appointment.cancel_note without-reason']);
  });
});

describe('a note on a cancellation', () => {
  const codesOf = (params: Sound<OrderChanges>) =>
    judgeChanges(params, anEmployee(), NOW).map(({ param, code }) => `${param} ${code}`);

  it('A note on a cancellation needs a reason with it', () => {
    const faults = ['appointment.cancel_note without-reason'];
    expect(codesOf({ appointment: { appt_id: 21, cancel_note: 'Call us.' } })).toEqual(faults);
    expect(codesOf({ appointment: { appt_id: 21, cancel_note: '' } })).toEqual(faults);
  });

  it('A note with a reason is no fault, nor is none', () => {
    expect(codesOf({ appointment: { appt_id: 21, cancel_note: 'Call us.', cancel_reason: 'Rain' } })).toEqual(
      [],
    );
    expect(
      codesOf({ appointment: { appt_id: 21, cancel_note: 'Call us.', cancel_reason: undefined } }),
    ).toEqual([]);
    expect(codesOf({ appointment: { appt_id: 21 } })).toEqual([]);
    expect(codesOf({})).toEqual([]);
  });
});

describe('the faults of an update', () => {
  it('The faults of an update are all listed', () => {
    const params = someChanges({
      line_items: [{ line_item_id: 404 }, { line_item_id: 11, completed_quantity: 11 }],
      appointment: { appt_id: 23 },
    });
    expect(faultsOf(params)).toEqual([
      'line_items[0].line_item_id not-found',
      'line_items[1].completed_quantity greater-than-quantity',
      'appointment.appt_id not-found',
    ]);
    expect(faultsOf(params, aClient())).toEqual([
      'line_items not-permitted',
      'appointment.appt_id not-found',
    ]);
  });
});
