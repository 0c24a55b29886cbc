import { beforeEach, expect, it } from 'vitest';
import { identify } from '../../functions/pipeline/identify.ts';
import type { Row } from '../../functions/table/row.ts';
import { echoRoute, routeRecord, serviceRecord } from '../support/echo-route.ts';
import { aRequest, judgeIdentified } from '../support/exchange.ts';
import { NOW } from '../support/sessions.ts';
import { internalError } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const withdrawn_at = NOW.toISOString();
const GONE = { pk: 'GONE', sk: 'GONE' };

const deployed = async (service: Row, route: Row) => {
  await db.clear();
  await db.put(service, route);
};
beforeEach(() => deployed(serviceRecord, routeRecord));

/** What a function judges of requests so many milliseconds after the first. */
const aFunction = () => {
  const middleware = identify(echoRoute);
  return (after = 0) => {
    const request = aRequest({}, { table: db.open(), now: new Date(NOW.getTime() + after) });
    return judgeIdentified(middleware, request).then(
      () => 'deployed',
      (error: { status?: string; name: string }) => error.status ?? error.name,
    );
  };
};

it('A route is known to be identified once the records were read', async () => {
  const exchange = await judgeIdentified(identify(echoRoute), aRequest({}, { table: db.open() }));
  expect(exchange.identified).toBe(true);
});

it.each([
  ['the service is not on record', GONE, routeRecord, 'service-not-found'],
  ['the service was withdrawn', { ...serviceRecord, withdrawn_at }, routeRecord, 'service-not-found'],
  ['the route is not on record', serviceRecord, GONE, 'route-not-found'],
  ['the route was withdrawn', serviceRecord, { ...routeRecord, withdrawn_at }, 'route-not-found'],
  ['neither is on record', GONE, GONE, 'service-not-found'],
  [
    'both were withdrawn',
    { ...serviceRecord, withdrawn_at },
    { ...routeRecord, withdrawn_at },
    'service-not-found',
  ],
])('The answer says when %s, and is about a route that was identified', async (_, service, route, status) => {
  await deployed(service, route);
  const request = aRequest({}, { table: db.open() });
  await expect(judgeIdentified(identify(echoRoute), request)).rejects.toMatchObject({
    name: 'Refused',
    status,
  });
  expect(request.context.exchange.identified).toBe(true);
});

it('What was read of a route holds for less than 30 seconds, counted from before it was asked for', async () => {
  const asked = aFunction();
  expect(await asked()).toBe('deployed');
  await db.put({ ...routeRecord, withdrawn_at });
  expect(await asked(29_999)).toBe('deployed');
  expect(db.wire.operations).toEqual(['BatchGetItem']);
  expect(await asked(30_000)).toBe('route-not-found');
  expect(db.wire.operations).toEqual(['BatchGetItem', 'BatchGetItem']);
});

it('A route that is restored is back within 30 seconds', async () => {
  await deployed(serviceRecord, { ...routeRecord, withdrawn_at });
  const asked = aFunction();
  expect(await asked()).toBe('route-not-found');
  await db.put(routeRecord);
  expect(await asked(29_999)).toBe('route-not-found');
  expect(await asked(30_000)).toBe('deployed');
});

it('What was read of a route is not made to hold longer by being used', async () => {
  const asked = aFunction();
  await asked();
  await asked(20_000);
  await db.put({ ...routeRecord, withdrawn_at });
  expect(await asked(40_000)).toBe('route-not-found');
});

it('Records that cannot be read leave the route unidentified, and are read anew for the next request', async () => {
  const asked = aFunction();
  await asked();
  db.wire.fail('BatchGetItem', internalError, 3);
  expect(await asked(30_000)).toBe('TableUnavailable');
  expect(await asked(30_001)).toBe('deployed');

  db.wire.fail('BatchGetItem', internalError, 3);
  const request = aRequest({}, { table: db.open() });
  await expect(judgeIdentified(identify(echoRoute), request)).rejects.toMatchObject({
    name: 'TableUnavailable',
  });
  expect(request.context.exchange.identified).toBe(false);
});

it('A record that cannot be read is a fault, since nobody knows whether the route was withdrawn', async () => {
  const { release: _, ...unfinished } = routeRecord;
  await db.put(unfinished);
  expect(await aFunction()()).toBe('UnreadableRow');
});
