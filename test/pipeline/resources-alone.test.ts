import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Route } from '../../functions/contract/define-route.ts';
import { type Resources, resources } from '../../functions/pipeline/resources.ts';
import { echoRoute } from '../support/echo-route.ts';
import { anEmail } from '../support/emails.ts';
import { aRequest, judge } from '../support/exchange.ts';
import { away, FakeTable } from '../support/fake-table.ts';
import { daysAgo, NOW } from '../support/sessions.ts';

const LATER = new Date(NOW.getTime() + 5_000);
const KEY = { pk: 'ORDER#7', sk: 'ORDER' };
const sending: Route = { ...echoRoute, sends: ['email'] };

let fake: FakeTable;
beforeEach(() => {
  fake = new FakeTable().takesCalls();
  for (const [name, value] of Object.entries({ STAGE: 'test', TABLE_NAME: 'orders-of-test' })) {
    vi.stubEnv(name, value);
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What an action is bound to, and what is known of its request. */
const bound = async (route: Route = echoRoute) => {
  let given: Resources | undefined;
  const action = { run: async () => ({ status: 'action-successful' as const, message: '' }) };
  const bind = (each: Resources) => {
    given = each;
    return action;
  };
  const outside = { clock: () => LATER, retries: () => ({ pausesMs: [] }) };
  const exchange = await judge(resources(route, bind, outside), aRequest());
  if (given === undefined) throw new Error('nothing was bound');
  return { exchange, given, action };
};

describe('every route', () => {
  it('Its action is bound to the table and the stage that the environment names, and to the time of the request', async () => {
    fake.lacks(KEY);
    const { exchange, given, action } = await bound();
    await given.table.get(KEY);
    expect(Object.keys(fake.inputs('BatchGet')[0].RequestItems)).toEqual(['orders-of-test']);
    expect(given).toMatchObject({ stage: 'test', now: NOW });
    expect(exchange.table).toBe(given.table);
    expect(exchange.action).toBe(action);
  });

  it('Each request reads anew, by the connection of the one before', async () => {
    fake.lacks(KEY);
    for (const { given } of [await bound(), await bound()]) await given.table.get(KEY);
    expect(fake.operations).toEqual(['BatchGet', 'BatchGet']);
  });

  it('A table that is away is asked as often as is said from outside', async () => {
    fake.answers('BatchGet', away);
    const { given } = await bound();
    await expect(given.table.get(KEY)).rejects.toMatchObject({ name: 'TableUnavailable', tries: 1 });
  });

  it('What an action reports is for the log', async () => {
    const { exchange, given } = await bound();
    given.report('odd');
    expect(exchange.faults).toEqual(['odd']);
  });

  it.each(['TABLE_NAME', 'STAGE'])('Without %s nothing is bound', async (name) => {
    vi.stubEnv(name, '');
    await expect(bound()).rejects.toThrow(name);
  });

  it('It has no outbox', async () => {
    expect((await bound()).exchange.outbox).toBeUndefined();
    expect((await bound({ ...echoRoute, sends: [] })).exchange.outbox).toBeUndefined();
  });
});

describe('a route that sends e-mail', () => {
  it('It has an outbox of the same table, whose times are those of the clock, and whose faults are for the log', async () => {
    const { exchange, given } = await bound(sending);
    expect(exchange.outbox?.table).toBe(given.table);
    expect(exchange.outbox?.now()).toBe(LATER);
    exchange.outbox?.report('odd');
    expect(exchange.faults).toEqual(['odd']);
  });

  describe('whom it sends to', () => {
    const email = anEmail({ client_id: 5 });
    const client = { pk: 'CLIENT#5', sk: 'CLIENT' };
    const circuit = { pk: 'CIRCUIT', sk: 'MANDRILL' };
    const sent = async () => (await bound(sending)).exchange.outbox?.send(email);

    it('An e-mail is for the client itself: without its record it goes to nobody', async () => {
      fake.lacks(client, circuit);
      expect(await sent()).toMatchObject({ sent: false, failure: { kind: 'no-recipient' } });
      expect(fake.inputs('BatchGet')[0].RequestItems['orders-of-test'].Keys).toContainEqual(client);
    });

    it('With its record, it waits only for Mandrill', async () => {
      const away = { kind: 'timeout', cause: 'no answer', ask_at: daysAgo(-1) };
      fake.holds(
        { ...client, client_id: 5, user_id: 6, name: 'Bob', email: 'bob@example.com' },
        { ...circuit, ...away },
      );
      expect(await sent()).toMatchObject({ sent: false, failure: { kind: 'timeout', untried: true } });
    });
  });
});
