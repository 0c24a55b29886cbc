import { describe, expect, it } from 'vitest';
import {
  actsAsEmployee,
  clientOf,
  clientsOf,
  mayActFor,
  maySee,
  rolesOf,
} from '../../functions/accounts/caller.ts';
import { aClient, aLiaison, anApplication, anEmployee } from '../support/orders.ts';

const nobody = { client_id: null, employee: false, liaison_for: null };

describe('the roles that are held', () => {
  it.each([
    [{}, []],
    [{ client_id: 5 }, ['client']],
    [{ liaison_for: [5] }, ['liaison']],
    [{ liaison_for: [] }, ['liaison']],
    [{ employee: true }, ['employee']],
    [{ client_id: 5, liaison_for: [6], employee: true }, ['client', 'liaison', 'employee']],
  ])('Whoever holds %j has the roles %j', (held, roles) => {
    expect(rolesOf({ ...nobody, ...held })).toEqual(roles);
  });
});

describe('who acts as an employee', () => {
  it('Employees and applications act as employees, and clients and liaisons do not', () => {
    expect([anEmployee(), anApplication()].map(actsAsEmployee)).toEqual([true, true]);
    expect([aClient(), aLiaison(5)].map(actsAsEmployee)).toEqual([false, false]);
  });
});

describe('who may see orders', () => {
  it('Users may see orders, and applications whose scopes say so', () => {
    const seeing = [anEmployee(), aClient(), anApplication('orders:read'), anApplication('orders:write')];
    expect(seeing.map(maySee)).toEqual([true, true, true, false]);
  });
});

describe('whom a caller may act for', () => {
  it.each([
    ['An application', anApplication(), true],
    ['An employee', anEmployee(), true],
    ['The client itself', aClient(5), true],
    ['Another client', aClient(6), false],
    ['Its liaison', aLiaison(4, 5), true],
    ['A liaison of others', aLiaison(4, 6), false],
    ['A liaison of nobody', aLiaison(), false],
  ])('%s is asked whether it may act for a client', (_, caller, may) => {
    expect(mayActFor(caller, 5)).toBe(may);
  });

  it('A user with several roles may do what any of them may', () => {
    const caller = {
      kind: 'user',
      id: 1,
      name: 'x',
      held: { ...nobody, client_id: 5, liaison_for: [6] },
    } as const;
    expect([5, 6, 7].map((client_id) => mayActFor(caller, client_id))).toEqual([true, true, false]);
  });

  it('A user without a role may act for nobody', () => {
    expect(mayActFor({ kind: 'user', id: 1, name: 'x', held: nobody }, 5)).toBe(false);
  });
});

describe('the clients of a caller', () => {
  it('A caller who acts as an employee has all clients, also as the client of some', () => {
    const held = { client_id: 5, employee: true, liaison_for: [6] };
    for (const caller of [anApplication(), anEmployee(), { ...aClient(5), held } as const]) {
      expect(clientsOf(caller)).toBeUndefined();
    }
  });

  it('A caller who is a client and its own liaison has that client once', () => {
    const held = { client_id: 5, employee: false, liaison_for: [6, 5] };
    expect(clientsOf({ kind: 'user', id: 1, name: 'x', held })).toEqual([5, 6]);
  });

  it('A caller without a role has no clients', () => {
    expect(clientsOf({ kind: 'user', id: 1, name: 'x', held: nobody })).toEqual([]);
  });
});

describe('which client a request is about', () => {
  it('A request is about the client that is named, whoever sends it', () => {
    expect([aClient(6), anEmployee(), anApplication()].map((caller) => clientOf(5, caller))).toEqual([
      5, 5, 5,
    ]);
  });

  it('A request that names no client is about the caller, if it is one', () => {
    expect(clientOf(undefined, aClient(6))).toBe(6);
    for (const caller of [aLiaison(5), anEmployee(), anApplication()]) {
      expect(clientOf(undefined, caller)).toBeUndefined();
    }
  });
});
