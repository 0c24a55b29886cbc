import { beforeEach, describe, expect, it } from 'vitest';
import { type Deployment, DeploymentRecords } from '../../functions/adapters/deployment-records.ts';
import { deploymentKey, readDeploymentState } from '../../functions/adapters/deployment-state.ts';
import { daysAgo, NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const EARLIER = new Date(daysAgo(1));

const routeOf = (path: string): Deployment['routes'][number] => ({
  service: 'orders',
  method: 'POST',
  path,
  purpose: `Does ${path}.`,
  sensitive: false,
});
const deployment = (different: Partial<Deployment> = {}): Deployment => ({
  release: '1.0.0',
  services: ['auth', 'orders'],
  routes: [routeOf('orders/update'), routeOf('orders/show')],
  ...different,
});
const stateOf = (path: string) => readDeploymentState(db.open(), { service: 'orders', path });

let records: DeploymentRecords;
beforeEach(async () => {
  records = new DeploymentRecords(db.client, db.name);
  await db.clear();
});

describe('a deployment', () => {
  it('is on record, and no more than it', async () => {
    await records.record(deployment(), NOW);
    const deployed = { release: '1.0.0', deployed_at: NOW.toISOString() };
    const { services, routes } = await records.list();
    expect(services).toEqual([
      { name: 'auth', ...deployed },
      { name: 'orders', ...deployed },
    ]);
    expect(routes).toEqual([
      { name: 'orders/show', ...routeOf('orders/show'), ...deployed },
      { name: 'orders/update', ...routeOf('orders/update'), ...deployed },
    ]);
    expect(await stateOf('orders/update')).toEqual({ service: true, route: true });
    expect(await stateOf('orders/other')).toEqual({ service: true, route: false });
  });

  it('renews what was there, and removes what is gone', async () => {
    await records.record(deployment(), EARLIER);
    const route = { ...routeOf('orders/update'), purpose: 'Does it better.', sensitive: true };
    await records.record({ release: '2.0.0', services: ['orders'], routes: [route] }, NOW);
    const deployed = { release: '2.0.0', deployed_at: NOW.toISOString() };
    expect(await records.list()).toEqual({
      services: [{ name: 'orders', ...deployed }],
      routes: [{ name: 'orders/update', ...route, ...deployed }],
    });
  });

  it('removes records of services that this release has never heard of', async () => {
    const unheard = { release: '3.0.0', deployed_at: EARLIER.toISOString() };
    const { path, ...route } = routeOf('billing/show');
    await db.put(
      { ...deploymentKey('service', 'billing'), name: 'billing', ...unheard },
      { ...deploymentKey('route', path), name: path, path, ...route, service: 'billing', ...unheard },
    );
    await records.record(deployment(), NOW);
    expect((await db.rows('DEPLOYMENT')).map(({ name }) => name)).not.toContain('billing');
    expect((await records.list()).routes).toHaveLength(2);
  });

  it('does not restore what an operator withdrew', async () => {
    await records.record(deployment(), EARLIER);
    await records.withdraw('route', 'orders/update', EARLIER);
    await records.withdraw('service', 'auth', EARLIER);
    await records.record(deployment({ release: '2.0.0' }), NOW);
    const withdrawn = { release: '2.0.0', withdrawn_at: EARLIER.toISOString() };
    const { services, routes } = await records.list();
    expect(services).toMatchObject([{ name: 'auth', ...withdrawn }, { name: 'orders' }]);
    expect(routes).toMatchObject([{ name: 'orders/show' }, { name: 'orders/update', ...withdrawn }]);
    expect(services[1]).not.toHaveProperty('withdrawn_at');
    expect(await stateOf('orders/update')).toEqual({ service: true, route: false });
  });
});

describe('an operator', () => {
  beforeEach(() => records.record(deployment(), EARLIER));

  it('withdraws one route and restores it', async () => {
    expect(await records.withdraw('route', 'orders/update', NOW)).toBe(true);
    expect(await stateOf('orders/update')).toEqual({ service: true, route: false });
    expect(await stateOf('orders/show')).toEqual({ service: true, route: true });
    expect(await records.restore('route', 'orders/update')).toBe(true);
    expect(await stateOf('orders/update')).toEqual({ service: true, route: true });
  });

  it('withdraws a service with all its routes and restores it', async () => {
    expect(await records.withdraw('service', 'orders', NOW)).toBe(true);
    expect(await stateOf('orders/update')).toEqual({ service: false, route: true });
    expect(await records.restore('service', 'orders')).toBe(true);
    expect(await stateOf('orders/update')).toEqual({ service: true, route: true });
  });

  it('may do either twice; what is withdrawn keeps the time of the first', async () => {
    await records.withdraw('route', 'orders/update', EARLIER);
    expect(await records.withdraw('route', 'orders/update', NOW)).toBe(true);
    expect((await records.list()).routes[1]?.withdrawn_at).toBe(EARLIER.toISOString());
    expect(await records.restore('route', 'orders/show')).toBe(true);
  });

  it.each([
    ['route', 'orders/none'],
    ['service', 'notifications'],
    ['service', 'orders/update'],
  ] as const)('is told that there is no %s %s, and makes no record of it', async (kind, name) => {
    expect(await records.withdraw(kind, name, NOW)).toBe(false);
    expect(await records.restore(kind, name)).toBe(false);
    expect(await db.rows('DEPLOYMENT')).toHaveLength(4);
  });
});

describe('what is deployed', () => {
  it('is nothing when there are no records', async () => {
    expect(await stateOf('orders/update')).toEqual({ service: false, route: false });
  });

  it('takes one request to read', async () => {
    await stateOf('orders/update');
    expect(db.wire.operations.filter((name) => name === 'BatchGetItem')).toHaveLength(1);
  });
});
