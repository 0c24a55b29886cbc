import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readParams } from '../../functions/contract/read-params.ts';
import { newAppointmentParams, reschedulingParams } from '../../functions/orders/appointment-params.ts';
import { newOrder } from '../../functions/orders/new-order-params.ts';

const faultsIn = (schema: z.ZodMiniObject, raw: object): string[] =>
  readParams(schema, raw as Record<string, unknown>).faults.map(({ param, code }) => `${param} ${code}`);

describe('what an order is made of', () => {
  const item = { name: 'Windows', quantity: 4 };
  const faultsOf = (given: object) => faultsIn(z.strictObject(newOrder), { line_items: [item], ...given });

  it('An order needs a line item, and nothing else', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ line_items: undefined })).toEqual(['line_items missing']);
    expect(faultsOf({ line_items: [] })).toEqual(['line_items too-few']);
  });

  it.each<[string, object, string[]]>([
    [
      'a client, notes and an appointment',
      { client_id: 5, notes: '', appointment: { scheduled_for: '2026-12-01T09:00Z' } },
      [],
    ],
    ['100 line items', { line_items: Array(100).fill(item) }, []],
    ['more than 100 line items', { line_items: Array(101).fill(item) }, ['line_items too-many']],
    ['a client that is no id', { client_id: 0 }, ['client_id too-small']],
    ['notes of 10,001 characters', { notes: 'x'.repeat(10_001) }, ['notes too-long']],
    ['an item without a name', { line_items: [{ quantity: 1 }] }, ['line_items[0].name missing']],
    ['an item without a quantity', { line_items: [{ name: 'x' }] }, ['line_items[0].quantity missing']],
    [
      'an item with an id',
      { line_items: [{ ...item, line_item_id: 1 }] },
      ['line_items[0].line_item_id unknown'],
    ],
    [
      'an item that is completed already',
      { line_items: [{ ...item, completed_quantity: 1 }] },
      ['line_items[0].completed_quantity unknown'],
    ],
    ['an appointment without a time', { appointment: {} }, ['appointment.scheduled_for missing']],
    [
      'an appointment with a status',
      { appointment: { scheduled_for: '2026-12-01T09:00Z', status: 'x' } },
      ['appointment.status unknown'],
    ],
  ])('An order with %s is judged as that', (_, given, faults) => {
    expect(faultsOf(given)).toEqual(faults);
  });
});

describe('what makes and moves an appointment', () => {
  const making = { order_id: 1, updated_at: 'seen', scheduled_for: '2026-12-01T09:00:00Z' };
  const moving = { ...making, appt_id: 2 };

  it.each(Object.keys(making))('A new appointment needs its %s', (name) => {
    const { [name as keyof typeof making]: _, ...rest } = making;
    expect(faultsIn(newAppointmentParams, rest)).toEqual([`${name} missing`]);
  });

  it.each(Object.keys(moving))('An appointment is moved by its %s, among others', (name) => {
    const { [name as keyof typeof moving]: _, ...rest } = moving;
    expect(faultsIn(reschedulingParams, rest)).toEqual([`${name} missing`]);
  });

  it('Nothing else makes or moves an appointment, such as a status', () => {
    expect(faultsIn(newAppointmentParams, moving)).toEqual(['appt_id unknown']);
    expect(faultsIn(reschedulingParams, { ...moving, status: 'x' })).toEqual(['status unknown']);
  });

  it.each([
    [1, []],
    [1_440, []],
    [0, ['duration_minutes too-small']],
    [1_441, ['duration_minutes too-large']],
    ['60', ['duration_minutes type']],
  ])('An appointment is for a minute up to a day: %j', (duration_minutes, faults) => {
    expect(faultsIn(newAppointmentParams, { ...making, duration_minutes })).toEqual(faults);
    expect(faultsIn(reschedulingParams, { ...moving, duration_minutes })).toEqual(faults);
  });

  it('A time that is long past is read, so that it can be told that it is past', () => {
    expect(faultsIn(newAppointmentParams, { ...making, scheduled_for: '1990-01-01T09:00Z' })).toEqual([]);
    expect(faultsIn(newAppointmentParams, { ...making, scheduled_for: 'tomorrow' })).toEqual([
      'scheduled_for malformed',
    ]);
  });
});
