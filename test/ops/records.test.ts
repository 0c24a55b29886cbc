import { beforeEach, describe, expect, it } from 'vitest';
import { SERVICES } from '../../functions/contract/define-route.ts';
import { DeploymentRecords } from '../../functions/deployments/deployment-records.ts';
import { deploymentKey, findDeployments } from '../../functions/deployments/deployment-state.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import type { Row } from '../../functions/table/row.ts';
import { recordCommands } from '../../ops/records.ts';
import { runOps, tryOps } from '../support/ops.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const KEEPER = 'stack resource';
const DEPLOYED = new Date('2026-11-01T10:00:00Z');
const UPDATE = deploymentKey('route', 'orders/update');
const AUTH = deploymentKey('service', 'auth');

let records: DeploymentRecords;
/** Everything of the catalogue as release 1.4.0 has deployed it. */
beforeEach(async () => {
  await db.clear();
  records = new DeploymentRecords(db.client, db.name);
  for (const name of new Set(catalogue.map(({ service }) => service))) {
    await records.record('service', { name, release: '1.4.0' }, DEPLOYED, KEEPER);
  }
  for (const { service, method, path, purpose, sensitive } of catalogue) {
    const route = { name: path, path, service, method, purpose, sensitive, release: '1.4.0', version: '9' };
    await records.record('route', route, DEPLOYED, KEEPER);
  }
});

const target = () => ({ documents: db.client, tableName: db.name });
const rewrite = (...words: string[]) => runOps(recordCommands, target(), 'records', 'rewrite', ...words);
const rows = async () =>
  (await db.rows('DEPLOYMENT')).toSorted((one, other) => (String(one.sk) < String(other.sk) ? -1 : 1));
const change = async (key: typeof UPDATE, changed: Row) => {
  await db.put({ ...(await db.row(key)), ...changed });
};

it('Rewriting leaves records as they are that are in order', async () => {
  const before = await rows();
  const printed = await rewrite();
  expect(await rows()).toEqual(before);
  expect(printed).toContain('route orders/update: written anew\n');
  expect(printed.trimEnd().split('\n')).toHaveLength(before.length);
});

it('Rewriting writes what this checkout says of a route, and keeps what only its deployment knows', async () => {
  const before = await db.row(UPDATE);
  await change(UPDATE, { purpose: 'Does something else.', method: 'GET', tier: 'gold' });
  await rewrite('--only', 'orders/update');
  expect(await db.row(UPDATE)).toEqual({ ...before, tier: 'gold' });
});

describe('a record that is missing', () => {
  it('A record that is missing is written, of the release of the others and without a version', async () => {
    await records.remove('route', 'orders/update');
    await records.remove('service', 'auth');
    const printed = await rewrite();
    expect(printed).toContain('service auth: was missing, written as of release 1.4.0\n');
    const table = db.open();
    const { services, routes } = await findDeployments(table);
    expect(table.unreadable).toEqual([]);
    expect(services).toHaveLength(SERVICES.length);
    const route = catalogue.find(({ path }) => path === 'orders/update');
    expect(routes.find(({ name }) => name === 'orders/update')).toEqual({
      name: 'orders/update',
      path: 'orders/update',
      method: route?.method,
      service: route?.service,
      purpose: route?.purpose,
      sensitive: route?.sensitive,
      release: '1.4.0',
      deployed_at: expect.stringMatching(/^20.*Z$/),
    });
  });

  it('A missing record is of the release that is given, or of this checkout where the others name several', async () => {
    await records.remove('route', 'orders/update');
    await rewrite('--only', 'orders/update', '--release', '1.5.0');
    expect(await db.row(UPDATE)).toMatchObject({ release: '1.5.0' });
    await records.remove('service', 'auth');
    await rewrite('--only', 'auth');
    expect((await db.row(AUTH))?.release).toMatch(/^0\.\d+\.\d+$/);
  });

  it('A record that was missing can be deleted by any resource, and belongs to the next that writes it', async () => {
    await records.remove('service', 'auth');
    await rewrite();
    await records.letGo('service', 'auth', KEEPER);
    expect(await db.row(AUTH)).toBeUndefined();
    await rewrite();
    await records.record('service', { name: 'auth', release: '1.5.0' }, new Date(), KEEPER);
    await records.letGo('service', 'auth', 'another resource');
    expect(await db.row(AUTH)).toMatchObject({ release: '1.5.0' });
  });

  it('A record is written alone with --only, and nothing where there is no such thing', async () => {
    await db.clear();
    await rewrite('--only', 'orders');
    expect((await rows()).map(({ sk }) => sk)).toEqual(['SERVICE#orders']);
    const { failure } = await tryOps(recordCommands, target(), 'records', 'rewrite', '--only', 'ordres');
    expect(failure?.message).toBe('There is no service and no route ordres, nor a record of one.');
  });
});

it('A record that was rewritten is deleted by its own resource only', async () => {
  await rewrite();
  await records.letGo('service', 'auth', 'another resource');
  expect(await db.row(AUTH)).toBeDefined();
  await records.letGo('service', 'auth', KEEPER);
  expect(await db.row(AUTH)).toBeUndefined();
});

it('A record that was withdrawn stays so when it is rewritten', async () => {
  await records.withdraw('route', 'orders/update', DEPLOYED);
  await records.withdraw('service', 'auth', DEPLOYED);
  const before = await rows();
  await rewrite();
  expect(await rows()).toEqual(before);
});

describe('a record that cannot be read', () => {
  it('A record that cannot be read is mended, and keeps of its own what is sound', async () => {
    const before = await db.row(UPDATE);
    await change(UPDATE, { method: 7, release: null, withdrawn_at: DEPLOYED.toISOString() });
    expect(await rewrite()).toContain(
      'route orders/update: could not be read, written as of release 1.4.0\n',
    );
    expect(await db.row(UPDATE)).toEqual({ ...before, withdrawn_at: DEPLOYED.toISOString() });
  });

  it('A record that cannot be read stays withdrawn, also where it does not say when as it should', async () => {
    await change(UPDATE, { withdrawn_at: true, version: 9, deployed_at: 0 });
    await rewrite('--only', 'orders/update');
    const table = db.open();
    const { routes } = await findDeployments(table);
    expect(table.unreadable).toEqual([]);
    expect(routes.find(({ name }) => name === 'orders/update')).toMatchObject({
      release: '1.4.0',
      withdrawn_at: expect.stringMatching(/^20.*Z$/),
      version: undefined,
    });
  });
});

describe('a record of what this checkout does not know', () => {
  const billing = deploymentKey('service', 'billing');
  const invoices = deploymentKey('route', 'invoices/show');
  beforeEach(async () => {
    await records.record('service', { name: 'billing', release: '0.9.0' }, DEPLOYED, KEEPER);
    await db.put({ ...invoices, name: 'invoices/show' });
  });

  it('A record of what this checkout does not know is left, and told with what removes it', async () => {
    const printed = await rewrite();
    expect(printed).toContain(
      'service billing: unknown to this checkout, left as it is; --prune removes it\n',
    );
    expect(printed).toContain('route invoices/show: unknown to this checkout');
    expect(await db.row(billing)).toBeDefined();
  });

  it('A record of what this checkout does not know is removed with --prune, readable or not, and nothing else', async () => {
    await rewrite('--prune', '--only', 'billing');
    expect(await db.row(billing)).toBeUndefined();
    expect(await db.row(invoices)).toBeDefined();
    expect(await rewrite('--prune')).toContain('route invoices/show: removed\n');
    expect(await rows()).toHaveLength(catalogue.length + SERVICES.length);
  });
});
