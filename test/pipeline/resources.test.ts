import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Resources, resources } from '../../functions/pipeline/resources.ts';
import { echoRoute } from '../support/echo-route.ts';
import { aRequest, judge } from '../support/exchange.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const EMAIL_ENVIRONMENT = {
  MANDRILL_KEY_PARAMETER: 'mandrill-key',
  MANDRILL_URL: 'https://mandrillapp.com/api/1.0',
  EMAIL_FROM: 'orders@example.com',
  EMAIL_FROM_NAME: 'Plano',
  MANDRILL_PATIENCE_MS: '5000',
};

/** What an action is bound to, and what is known of its request. */
const bound = async (route = echoRoute) => {
  let given: Resources | undefined;
  const bind = (resources: Resources) => {
    given = resources;
    return { run: async () => ({ status: 'action-successful' as const, message: '' }) };
  };
  const exchange = await judge(resources(route, bind, { clock: () => NOW, retries: () => ({}) }), aRequest());
  if (given === undefined) throw new Error('nothing was bound');
  return { exchange, given };
};

describe('every route', () => {
  it('A route’s action is bound to the table that the environment names, and to the time of the request', async () => {
    const row = { pk: 'a', sk: 'b', value: 1 };
    await db.put(row);
    const { exchange, given } = await bound();
    expect(await given.table.get(row)).toEqual(row);
    expect(given.now).toBe(NOW);
    expect(exchange.table).toBe(given.table);
    expect(exchange.action).toBeDefined();
  });

  it('A route’s table reads anew for each request', async () => {
    const row = { pk: 'a', sk: 'c', value: 1 };
    await db.put(row);
    await (await bound()).given.table.get(row);
    await db.put({ ...row, value: 2 });
    expect(await (await bound()).given.table.get(row)).toMatchObject({ value: 2 });
  });

  it.each(['TABLE_NAME', 'STAGE'])('A route needs the environment to have %s', async (name) => {
    vi.stubEnv(name, '');
    await expect(bound()).rejects.toThrow(name);
  });
});

describe('a route that sends e-mail', () => {
  const route = { ...echoRoute, sends: ['email'] as const };
  beforeEach(() => {
    for (const [name, value] of Object.entries(EMAIL_ENVIRONMENT)) vi.stubEnv(name, value);
  });

  it.each(Object.keys(EMAIL_ENVIRONMENT))(
    'A route that sends e-mail needs the environment to have %s',
    async (name) => {
      vi.stubEnv(name, '');
      await expect(bound(route)).rejects.toThrow(name);
    },
  );

  it.each([
    ['MANDRILL_URL', 'mandrillapp'],
    ['EMAIL_FROM', 'orders'],
  ])('A route that sends e-mail takes no %s that is none', async (name, value) => {
    vi.stubEnv(name, value);
    await expect(bound(route)).rejects.toThrow(name);
  });
});
