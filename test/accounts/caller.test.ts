import { describe, expect, it } from 'vitest';
import { actsAsEmployee, mayActFor, maySeeOrders, rolesOf } from '../../functions/accounts/caller.ts';
import { aClient, aLiaison, anApplication, anEmployee } from '../support/orders.ts';

const nobody = { client_id: null, employee: false, liaison_for: null };

describe('rolesOf', () => {
  it.each([
    [{}, []],
    [{ client_id: 5 }, ['client']],
    [{ liaison_for: [5] }, ['liaison']],
    [{ liaison_for: [] }, ['liaison']],
    [{ employee: true }, ['employee']],
    [{ client_id: 5, liaison_for: [6], employee: true }, ['client', 'liaison', 'employee']],
  ])('of %j are %j', (held, roles) => {
    expect(rolesOf({ ...nobody, ...held })).toEqual(roles);
  });
});

describe('actsAsEmployee', () => {
  it('is for employees and applications', () => {
    expect([anEmployee(), anApplication()].map(actsAsEmployee)).toEqual([true, true]);
    expect([aClient(), aLiaison(5)].map(actsAsEmployee)).toEqual([false, false]);
  });
});

describe('maySeeOrders', () => {
  it('is for users, and for applications whose scopes say so', () => {
    const seeing = [anEmployee(), aClient(), anApplication('orders:read'), anApplication('orders:write')];
    expect(seeing.map(maySeeOrders)).toEqual([true, true, true, false]);
  });
});

describe('mayActFor', () => {
  it.each([
    ['an application', anApplication(), true],
    ['an employee', anEmployee(), true],
    ['the client itself', aClient(5), true],
    ['another client', aClient(6), false],
    ['its liaison', aLiaison(4, 5), true],
    ['a liaison of others', aLiaison(4, 6), false],
    ['a liaison of nobody', aLiaison(), false],
  ])('of %s', (_, caller, may) => {
    expect(mayActFor(caller, 5)).toBe(may);
  });

  it('of a user with several roles is for what any of them may', () => {
    const caller = {
      kind: 'user',
      id: 1,
      name: 'x',
      held: { ...nobody, client_id: 5, liaison_for: [6] },
    } as const;
    expect([5, 6, 7].map((client_id) => mayActFor(caller, client_id))).toEqual([true, true, false]);
  });

  it('of a user without a role is for nobody', () => {
    expect(mayActFor({ kind: 'user', id: 1, name: 'x', held: nobody }, 5)).toBe(false);
  });
});
