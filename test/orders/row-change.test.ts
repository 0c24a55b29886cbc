import { expect, it } from 'vitest';
import { rowChange } from '../../functions/orders/order-row.ts';
import { aLineItem, anOrder } from '../support/orders.ts';

const before = { ...anOrder({ reference: 'A-1', line_items: [aLineItem()] }), crew: 'north' };
const updated_at = '2026-12-01T09:00:00.000Z';

it('A change writes what it has changed, and where the order stands', () => {
  const change = rowChange(before, { ...before, notes: 'Ring.', updated_at });
  expect(Object.keys(change).toSorted()).toEqual([
    'client_list',
    'listed_at',
    'notes',
    'shared_list',
    'updated_at',
  ]);
  expect(change).toMatchObject({
    notes: 'Ring.',
    updated_at,
    listed_at: expect.stringContaining(updated_at),
  });
});

it('A change that takes a reference away removes its attribute, which older releases do not know', () => {
  const change = rowChange(before, { ...before, reference: null, updated_at });
  expect('reference' in change).toBe(true);
  expect(change.reference).toBeUndefined();
});
