import { beforeEach, describe, expect, it } from 'vitest';
import { identify } from '../../functions/pipeline/identify.ts';
import { echoRoute, routeRecord, serviceRecord } from '../support/echo-route.ts';
import { aRequest, judgeIdentified } from '../support/exchange.ts';
import { ScriptedTable } from '../support/scripted-table.ts';
import { NOW } from '../support/sessions.ts';

const withdrawn_at = NOW.toISOString();
let table: ScriptedTable;
beforeEach(() => {
  table = new ScriptedTable();
  table.rows = [serviceRecord, routeRecord];
});

/** A function, which judges requests so many milliseconds after its first. */
const aFunction = () => {
  const middleware = identify(echoRoute);
  return async (after = 0) => {
    const request = aRequest({}, { table: table.open(), now: new Date(NOW.getTime() + after) });
    const outcome = await judgeIdentified(middleware, request).then(
      () => 'deployed',
      (error: { status?: string }) => error.status ?? 'fault',
    );
    return `${outcome}, ${request.context.exchange.identified ? 'identified' : 'not identified'}`;
  };
};

const HOUR_MS = 3_600_000;

describe('what the team has to be told of what is not deployed', () => {
  /** What a function finds missing, of requests so many milliseconds after what was withdrawn was. */
  const missing = async (...after: number[]) => {
    const middleware = identify(echoRoute);
    const found: unknown[] = [];
    for (const each of after) {
      const request = aRequest({}, { table: table.open(), now: new Date(NOW.getTime() + each) });
      await judgeIdentified(middleware, request).catch(() => undefined);
      found.push(request.context.exchange.missing);
    }
    return found;
  };

  it.each([
    ['a service is not on record', [routeRecord], 'service-not-found', 'orders: no record'],
    ['a route is not on record', [serviceRecord], 'route-not-found', 'orders/echo: no record'],
  ])('When %s, the team is told at once', async (_, rows, kind, cause) => {
    table.rows = rows;
    expect(await missing(0)).toEqual([{ kind, cause }]);
  });

  it.each([
    ['service', [{ ...serviceRecord, withdrawn_at }, routeRecord], 'orders'],
    ['route', [serviceRecord, { ...routeRecord, withdrawn_at }], 'orders/echo'],
  ])(
    'When a %s was withdrawn, the team is told when that was an hour ago, and not before',
    async (kind, rows, name) => {
      table.rows = rows;
      expect(await missing(0, HOUR_MS - 1)).toEqual([undefined, undefined]);
      const cause = `${name}: withdrawn since ${withdrawn_at}`;
      expect(await missing(HOUR_MS)).toEqual([{ kind: `${kind}-not-found`, cause }]);
    },
  );

  it('The team is told once for each reading of the records, and by the first request that it is to be told of', async () => {
    table.rows = [serviceRecord];
    const told = { kind: 'route-not-found', cause: 'orders/echo: no record' };
    expect(await missing(0, 1, 29_999, 30_000, 30_001)).toEqual([
      told,
      undefined,
      undefined,
      told,
      undefined,
    ]);
    table.rows = [serviceRecord, { ...routeRecord, withdrawn_at }];
    expect(await missing(HOUR_MS - 10, HOUR_MS + 10, HOUR_MS + 20)).toEqual([
      undefined,
      { kind: 'route-not-found', cause: `orders/echo: withdrawn since ${withdrawn_at}` },
      undefined,
    ]);
  });

  it('The team is told nothing of what is deployed', async () => {
    expect(await missing(0)).toEqual([undefined]);
  });
});

describe('whether a route is deployed', () => {
  it.each([
    ['both are on record', [serviceRecord, routeRecord], 'deployed'],
    ['the service is not on record', [routeRecord], 'service-not-found'],
    ['the service was withdrawn', [{ ...serviceRecord, withdrawn_at }, routeRecord], 'service-not-found'],
    ['the route is not on record', [serviceRecord], 'route-not-found'],
    ['the route was withdrawn', [serviceRecord, { ...routeRecord, withdrawn_at }], 'route-not-found'],
    ['neither is on record', [], 'service-not-found'],
  ])('When %s, a request is judged so, and its route counts as identified', async (_, rows, outcome) => {
    table.rows = rows;
    expect(await aFunction()()).toBe(`${outcome}, identified`);
  });

  it('A function asks again when what it knows is 30 seconds old, and not before', async () => {
    const judged = aFunction();
    await judged();
    table.rows = [];
    expect(await judged(29_999)).toBe('deployed, identified');
    expect(table.sent).toHaveLength(1);
    expect(await judged(30_000)).toBe('service-not-found, identified');
    expect(table.sent).toHaveLength(2);
  });

  it('What a function knows is not made to hold longer by being used', async () => {
    const judged = aFunction();
    await judged();
    await judged(20_000);
    table.rows = [];
    expect(await judged(40_000)).toBe('service-not-found, identified');
  });

  it('A route stays unidentified when its records cannot be read, and the next request asks anew', async () => {
    const judged = aFunction();
    table.fault = new Error('away');
    expect(await judged()).toBe('fault, not identified');
    table.fault = undefined;
    expect(await judged(1)).toBe('deployed, identified');
  });
});
