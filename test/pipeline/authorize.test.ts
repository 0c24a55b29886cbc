import { expect, it } from 'vitest';
import type { Caller } from '../../functions/accounts/caller.ts';
import { authorize } from '../../functions/pipeline/authorize.ts';
import { aRequest, judge } from '../support/exchange.ts';
import { aClient, aLiaison, anApplication, anEmployee } from '../support/orders.ts';

const forRoles = (...roles: ('client' | 'liaison' | 'employee')[]) => authorize(roles);
const calledBy = (caller: Caller) => aRequest({}, { identity: { kind: 'application', caller } });
const both = { ...aClient(), held: { client_id: 5, employee: true, liaison_for: null } };

it.each([
  ['client', aClient()],
  ['liaison', aLiaison(5)],
  ['employee', anEmployee()],
  ['employee', both],
  ['client', both],
] as const)('A route for the role %s takes who has it', async (role, caller) => {
  await expect(judge(forRoles(role), calledBy(caller))).resolves.toBeDefined();
});

it.each([
  ['client', anEmployee()],
  ['liaison', aClient()],
  ['employee', aLiaison(5)],
] as const)('A route for the role %s refuses who has another', async (role, caller) => {
  const judged = judge(forRoles(role), calledBy(caller));
  await expect(judged).rejects.toMatchObject({ name: 'Refused', status: 'permission-required' });
});

it('An application needs no role', async () => {
  await expect(judge(forRoles(), calledBy(anApplication()))).resolves.toBeDefined();
});

it('Without a caller nobody is let through', async () => {
  await expect(judge(forRoles('client'), aRequest())).rejects.toThrow('needs a caller');
});
