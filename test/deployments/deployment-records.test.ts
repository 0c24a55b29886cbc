import { beforeEach, describe, expect, it } from 'vitest';
import { DeploymentRecords } from '../../functions/deployments/deployment-records.ts';
import {
  deploymentKey,
  findDeployments,
  findUndeployed,
} from '../../functions/deployments/deployment-state.ts';
import released from '../releases/0.2.0/rows.json' with { type: 'json' };
import { aRouteRecord } from '../support/echo-route.ts';
import { daysAgo, NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const EARLIER = new Date(daysAgo(1));
const ORDERS = { name: 'orders', release: '1.0.0' };

const list = () => findDeployments(db.open());
/** What keeps a route from being answered. */
const undeployedOf = (path: string) => findUndeployed(db.open(), { service: 'orders', path });

let records: DeploymentRecords;
beforeEach(async () => {
  records = new DeploymentRecords(db.client, db.name);
  await db.clear();
  await records.record('service', ORDERS, EARLIER);
  await records.record('route', aRouteRecord('orders/update'), EARLIER);
});

describe('what is deployed', () => {
  it('What is deployed is on record, and no more than it', async () => {
    const deployed_at = EARLIER.toISOString();
    expect(await list()).toEqual({
      services: [{ ...ORDERS, deployed_at }],
      routes: [{ ...aRouteRecord('orders/update'), deployed_at }],
    });
    expect(await undeployedOf('orders/update')).toBeUndefined();
    expect(await undeployedOf('orders/other')).toEqual({ kind: 'route', name: 'orders/other' });
  });

  it('What is deployed anew is recorded anew', async () => {
    const better = { ...aRouteRecord('orders/update', '2.0.0'), purpose: 'Does it better.', version: '8' };
    await records.record('route', better, NOW);
    expect((await list()).routes).toEqual([{ ...better, deployed_at: NOW.toISOString() }]);
  });

  it('What is removed is off record, and nothing else is', async () => {
    await records.record('route', aRouteRecord('orders/show'), NOW, 'stack resource');
    await records.record('route', aRouteRecord('orders/update'), NOW, 'stack resource');
    await records.remove('route', 'orders/update');
    await records.remove('route', 'orders/never');
    const { services, routes } = await list();
    expect(services).toHaveLength(1);
    expect(routes).toMatchObject([{ name: 'orders/show' }]);
    await records.remove('service', 'orders');
    expect(await undeployedOf('orders/show')).toEqual({ kind: 'service', name: 'orders' });
  });

  it('What is deployed anew stays withdrawn when an operator withdrew it', async () => {
    await records.withdraw('route', 'orders/update', EARLIER);
    await records.withdraw('service', 'orders', EARLIER);
    await records.record('service', { ...ORDERS, release: '2.0.0' }, NOW);
    await records.record('route', aRouteRecord('orders/update', '2.0.0'), NOW);
    const withdrawn = { release: '2.0.0', withdrawn_at: EARLIER.toISOString() };
    expect(await list()).toMatchObject({ services: [withdrawn], routes: [withdrawn] });
    expect(await undeployedOf('orders/update')).toEqual({
      kind: 'service',
      name: 'orders',
      withdrawn_at: EARLIER.toISOString(),
    });
  });

  it('The records that release 0.2 and those before it have written are understood', async () => {
    await db.clear();
    const recorded = released.rows.filter(({ pk }) => pk === 'DEPLOYMENT');
    await db.put(...recorded);
    const { version: _, ...older } = aRouteRecord('orders/old');
    await db.put({ ...deploymentKey('route', 'orders/old'), ...older, deployed_at: daysAgo(90) });
    expect(await undeployedOf('orders/update')).toBeUndefined();
    expect(await undeployedOf('orders/old')).toBeUndefined();
    const table = db.open();
    const { services, routes } = await findDeployments(table);
    expect(services.length + routes.length).toBe(recorded.length + 1);
    expect(table.unreadable).toEqual([]);
  });

  it('What is deployed may be of a kind of which only another release knows', async () => {
    const later = { ...aRouteRecord('orders/replace'), method: 'PUT', service: 'billing', region: 'eu' };
    await db.put({ ...deploymentKey('route', later.name), ...later, deployed_at: daysAgo(1) });
    expect((await list()).routes).toMatchObject([{ name: 'orders/replace', method: 'PUT' }, {}]);
    expect(await undeployedOf(later.path)).toBeUndefined();
  });

  it('What is deployed is listed without what cannot be read, which the table tells', async () => {
    const bad = deploymentKey('route', 'orders/bad');
    await db.put({ ...bad, ...aRouteRecord('orders/bad'), release: 7, deployed_at: daysAgo(1) });
    const table = db.open();
    expect((await findDeployments(table)).routes).toMatchObject([{ name: 'orders/update' }]);
    expect(table.unreadable).toMatchObject([{ key: bad, path: 'release' }]);
    expect(await undeployedOf('orders/update')).toBeUndefined();
    await expect(undeployedOf('orders/bad')).rejects.toThrow(
      'the row DEPLOYMENT ROUTE#orders/bad cannot be read',
    );
  });

  it('What is deployed takes one request to read', async () => {
    db.wire.reset();
    await undeployedOf('orders/update');
    expect(db.wire.operations).toEqual(['BatchGetItem']);
  });
});

describe('an operator', () => {
  it('An operator withdraws one route and restores it', async () => {
    await records.record('route', aRouteRecord('orders/show'), EARLIER);
    expect(await records.withdraw('route', 'orders/update', NOW)).toBe(true);
    expect(await undeployedOf('orders/update')).toMatchObject({ kind: 'route', name: 'orders/update' });
    expect(await undeployedOf('orders/show')).toBeUndefined();
    expect(await records.restore('route', 'orders/update')).toBe(true);
    expect(await undeployedOf('orders/update')).toBeUndefined();
  });

  it('An operator withdraws a service with all its routes and restores it', async () => {
    expect(await records.withdraw('service', 'orders', NOW)).toBe(true);
    expect(await undeployedOf('orders/update')).toMatchObject({ kind: 'service', name: 'orders' });
    expect(await records.restore('service', 'orders')).toBe(true);
    expect(await undeployedOf('orders/update')).toBeUndefined();
  });

  it('An operator may withdraw or restore twice; what is withdrawn keeps the time of the first', async () => {
    await records.withdraw('route', 'orders/update', EARLIER);
    expect(await records.withdraw('route', 'orders/update', NOW)).toBe(true);
    expect((await list()).routes[0]?.withdrawn_at).toBe(EARLIER.toISOString());
    await records.restore('route', 'orders/update');
    expect(await records.restore('route', 'orders/update')).toBe(true);
  });

  it.each([
    ['route', 'orders/none'],
    ['service', 'notifications'],
    ['service', 'orders/update'],
  ] as const)('An operator is told that there is no %s %s, and makes no record of it', async (kind, name) => {
    expect(await records.withdraw(kind, name, NOW)).toBe(false);
    expect(await records.restore(kind, name)).toBe(false);
    expect(await db.rows('DEPLOYMENT')).toHaveLength(2);
  });
});
