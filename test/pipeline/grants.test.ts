import { describe, expect, it } from 'vitest';
import type { Route } from '../../functions/contract/define-route.ts';
import { tableGrants } from '../../functions/pipeline/grants.ts';
import { Grant } from '../../functions/table/grants.ts';
import { echoRoute } from '../support/echo-route.ts';

const reading: Route = { ...echoRoute, method: 'GET' };
const forAnyone = { access: 'anyone' } as const;
const BASE = { deployments: ['BatchGetItem'], notifications: ['UpdateItem'] };
const TOKENS = { token: ['BatchGetItem'], used: ['BatchGetItem', 'UpdateItem'] };

describe('what a route’s function may do to the table', () => {
  it('One that reads for anyone looks whether it is deployed, and tells the team: nothing else', () => {
    expect(tableGrants({ ...reading, ...forAnyone }).rows).toEqual(BASE);
  });

  it.each([
    ['sessions', 'session' as const],
    ['roles', echoRoute.access],
  ])('One that reads for %s reads tokens and notes their use, and writes no token', (_, who) => {
    expect(tableGrants({ ...reading, access: who }).rows).toEqual({ ...BASE, ...TOKENS });
  });

  it('One that changes something keeps its answer, once for each key', () => {
    expect(tableGrants(echoRoute).rows).toEqual({
      ...BASE,
      ...TOKENS,
      idempotency: ['GetItem', 'PutItem'],
    });
  });

  it('One that changes something for anyone also checks that release 0.2 has not done it', () => {
    expect(tableGrants({ ...echoRoute, ...forAnyone, path: 'users/register' }).rows).toEqual({
      ...BASE,
      idempotency: ['GetItem', 'PutItem', 'ConditionCheckItem'],
    });
  });

  it('One that sends e-mail saves, takes and reads e-mails, finds whom they go to, and minds whether Mandrill is away', () => {
    const sending: Route = { ...reading, ...forAnyone, sends: ['email'] };
    const { email, client, circuit, ...others } = tableGrants(sending).rows;
    expect(others).toEqual(BASE);
    expect(email?.toSorted()).toEqual(['BatchGetItem', 'PutItem', 'UpdateItem']);
    expect(client).toEqual(['BatchGetItem']);
    expect(circuit?.toSorted()).toEqual(['BatchGetItem', 'UpdateItem']);
    expect(tableGrants({ ...sending, sends: [] }).rows).toEqual(BASE);
  });

  it('It may do as well what its own action does, in indexes too', () => {
    const table = new Grant({ order: ['PutItem'] }, ['orders-of-all']);
    const granted = tableGrants({ ...reading, ...forAnyone, table });
    expect(granted.rows).toEqual({ ...BASE, order: ['PutItem'] });
    expect(granted.indexes).toEqual(['orders-of-all']);
  });
});
