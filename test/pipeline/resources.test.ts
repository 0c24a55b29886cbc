import { describe, expect, it, vi } from 'vitest';
import { type Resources, resources } from '../../functions/pipeline/resources.ts';
import { echoRoute } from '../support/echo-route.ts';
import { aRequest, judge } from '../support/exchange.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();

/** What an action is bound to, and what is known of its request. */
const bound = async () => {
  let given: Resources | undefined;
  const bind = (resources: Resources) => {
    given = resources;
    return { run: async () => ({ status: 'action-successful' as const, message: '' }) };
  };
  const exchange = await judge(
    resources(echoRoute, bind, { clock: () => NOW, retries: () => ({}) }),
    aRequest(),
  );
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
