import { describe, expect, it } from 'vitest';
import { readParams } from '../../functions/contract/read-params.ts';
import { updateOrder } from '../../functions/routes/orders/orders/update/route.ts';

const least = { order_id: 1, updated_at: '2026-11-02T08:00:00.000Z', appointment: { appt_id: 2 } };

const faultsOf = (raw: Record<string, unknown>): string[] =>
  (readParams(updateOrder.params, raw).refusal().details.errors ?? []).map(
    ({ param, code }) => `${param} ${code}`,
  );
const faultsOfItem = (item: unknown) => faultsOf({ ...least, line_items: [item] });

describe('the parameters of orders/update', () => {
  it('An update names an order, its updated_at and an appointment at least', () => {
    expect(faultsOf(least)).toEqual([]);
    expect(faultsOf({})).toEqual(['order_id missing', 'updated_at missing', 'appointment missing']);
    expect(faultsOf({ ...least, appointment: {} })).toEqual(['appointment.appt_id missing']);
  });

  it.each([
    [{ notes: '' }, []],
    [{ notes: 'x'.repeat(10_000) }, []],
    [{ notes: '😀'.repeat(10_000) }, []],
    [{ notes: 'x'.repeat(10_001) }, ['notes too-long']],
    [{ notes: null }, ['notes type']],
    [{ updated_at: 1 }, ['updated_at type']],
    [{ updated_at: 'anything, since it is compared as a string' }, []],
    [{ order_id: 0 }, ['order_id too-small']],
    [{ order_id: '1' }, ['order_id type']],
    [{ line_items: [] }, []],
    [{ line_items: Array(101).fill({ line_item_id: 1 }) }, ['line_items too-many']],
    [{ token: 'is taken before' }, ['token unknown']],
  ])('%#: The parameters of an update have their types and limits', (given, faults) => {
    expect(faultsOf({ ...least, ...given })).toEqual(faults);
  });

  it.each([
    [{ cancel_reason: 'x'.repeat(200), cancel_note: 'x'.repeat(2_000) }, []],
    [{ cancel_reason: 'x', cancel_note: '' }, []],
    [{ cancel_reason: '' }, ['appointment.cancel_reason blank']],
    [{ cancel_reason: 'x'.repeat(201) }, ['appointment.cancel_reason too-long']],
    [{ cancel_reason: null }, ['appointment.cancel_reason type']],
    [{ cancel_reason: 'x', cancel_note: 'x'.repeat(2_001) }, ['appointment.cancel_note too-long']],
    [{ status: 'cancelled' }, ['appointment.status unknown']],
  ])('%#: An appointment is cancelled with a reason and a note', (given, faults) => {
    expect(faultsOf({ ...least, appointment: { appt_id: 2, ...given } })).toEqual(faults);
  });
});

describe('an element of line_items', () => {
  it.each([
    ['an item by its id alone', { line_item_id: 1 }, []],
    ['a new item', { name: 'Windows', quantity: 1 }, []],
    ['a new item without all that it needs', {}, ['name missing', 'quantity missing']],
    ['a new item without a name', { quantity: 1 }, ['name missing']],
    ['a new item whose name is null', { name: null, quantity: 1 }, ['name missing']],
    ['a new item without a quantity', { name: 'Windows', completed_quantity: 1 }, ['quantity missing']],
    ['an item whose id is null', { line_item_id: null, quantity: 1 }, ['line_item_id type']],
    ['an item whose quantity is null', { line_item_id: 1, quantity: null }, ['quantity type']],
    ['an item whose id is none', { line_item_id: 2 ** 53, quantity: 1 }, ['line_item_id too-large']],
    ['a misspelt parameter of an item', { line_item_id: 1, quanity: 1 }, ['quanity unknown']],
    [
      'a misspelt parameter of a new item',
      { name: 'x', quanity: 1 },
      ['quantity missing', 'quanity unknown'],
    ],
  ])('An element of line_items can be %s, and has the faults of that', (_, item, faults) => {
    expect(faultsOfItem(item)).toEqual(faults.map((fault) => `line_items[0].${fault}`));
  });

  it.each([
    [{ quantity: 1_000_000 }, []],
    [{ quantity: 0 }, ['quantity too-small']],
    [{ quantity: 1_000_001 }, ['quantity too-large']],
    [{ quantity: 1.5 }, ['quantity type']],
    [{ completed_quantity: 0 }, []],
    [{ completed_quantity: -1 }, ['completed_quantity too-small']],
    [{ completed_quantity: 1_000_001 }, ['completed_quantity too-large']],
    [{ completed_date: '2026-11-02' }, []],
    [{ completed_date: '2026-11-02T10:00:00+01:00' }, []],
    [{ completed_date: '2026-02-30' }, ['completed_date malformed']],
    [{ completed_by: 'Anna' }, []],
    [{ completed_by: '' }, ['completed_by blank']],
    [{ completed_by: 'A\nB' }, ['completed_by malformed']],
    [{ completed_by: 'x'.repeat(201) }, ['completed_by too-long']],
    [{ name: 'x'.repeat(200) }, []],
    [{ name: '' }, ['name blank']],
    [{ name: '\u3164' }, ['name blank']],
    [{ name: 'A\u2028B' }, ['name malformed']],
    [{ name: 'x'.repeat(201) }, ['name too-long']],
    [{ quantity: 0, completed_by: 7 }, ['quantity too-small', 'completed_by type']],
  ])('An element of line_items has its types and limits: %j', (given, faults) => {
    expect(faultsOfItem({ line_item_id: 1, ...given })).toEqual(
      faults.map((fault) => `line_items[0].${fault}`),
    );
    expect(faultsOfItem({ name: 'Windows', quantity: 1, ...given })).toEqual(
      faults.map((fault) => `line_items[0].${fault}`),
    );
  });
});
