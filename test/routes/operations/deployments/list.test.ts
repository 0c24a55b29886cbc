import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SERVICES } from '../../../../functions/contract/define-route.ts';
import { DeploymentRecords } from '../../../../functions/deployments/deployment-records.ts';
import { catalogue } from '../../../../functions/routes/catalogue.ts';
import { TestStack } from '../../../support/local-stack.ts';

let api: TestStack;
let recorded: Record<string, unknown>[];
beforeAll(async () => {
  api = await TestStack.start();
  recorded = await api.rows('DEPLOYMENT');
});
afterAll(() => api.stop());
beforeEach(() => Promise.all(recorded.map((row) => api.put(row))));

const list = async () => {
  const answer = await api.get('deployments/list', api.tokens.employee);
  expect(answer.status).toBe('action-successful');
  return answer.data as unknown as Record<'services' | 'routes', Record<string, unknown>[]>;
};
const byName = (one: string, other: string): number => (one < other ? -1 : 1);

it('The list of what is deployed has every service and route of the catalogue, by name', async () => {
  const { services, routes } = await list();
  const common = {
    state: 'deployed',
    release: expect.any(String),
    deployed_at: expect.any(String),
    withdrawn_at: null,
  };
  const names = [...new Set(catalogue.map(({ service }) => service))].toSorted(byName);
  expect(services).toEqual(names.map((name) => ({ name, ...common })));
  expect(routes).toEqual(
    catalogue
      .toSorted((one, other) => byName(one.path, other.path))
      .map(({ path, service, method, purpose }) => ({
        name: path,
        ...common,
        service,
        method,
        purpose,
        version: expect.stringMatching(/^\d+$/),
      })),
  );
});

it('The list of what is deployed tells what is withdrawn, and since when', async () => {
  const records = new DeploymentRecords(api.documents, api.stack.tableName);
  const now = new Date();
  await records.withdraw('route', 'orders/show', now);
  await records.withdraw('service', 'auth', now);
  const { services, routes } = await list();
  const withdrawn = [...services, ...routes].filter(({ state }) => state === 'withdrawn');
  expect(withdrawn.map(({ name, withdrawn_at }) => [name, withdrawn_at])).toEqual([
    ['auth', now.toISOString()],
    ['orders/show', now.toISOString()],
  ]);
});

describe('a record that cannot be read', () => {
  const spoil = (sk: string) => api.put({ pk: 'DEPLOYMENT', sk, name: 7 });
  const told = async () =>
    (await api.rows('NOTIFICATION')).map(({ kind, cause }) => `${kind}: ${cause}`).toSorted();

  it('A record that cannot be read is left out of the list of what is deployed, and told', async () => {
    await spoil('ROUTE#orders/history');
    const { services, routes } = await list();
    expect(services).toHaveLength(SERVICES.length);
    expect(routes).toHaveLength(catalogue.length - 1);
    expect(await told()).toContain('unreadable-row: DEPLOYMENT ROUTE: name');
  });

  it('A record that cannot be read keeps its own route from being identified, which is told, and no other', async () => {
    await spoil('ROUTE#orders/history');
    // An instance that a file before has used may still know the record.
    await api.stack.killFunction('plano-orders-dev-orders-history');
    const { order_id } = api.freshOrder();
    const { client } = api.tokens;
    expect(await api.get(`orders/history?order_id=${order_id}`, client)).toMatchObject({
      http: 500,
      status: 'identify-request-error',
    });
    expect(await told()).toContain('unreadable-row: DEPLOYMENT ROUTE: name');
    expect(await api.get('orders/list', client)).toMatchObject({ status: 'action-successful' });
  });

  it('A record of another release’s route is listed, whatever its method is', async () => {
    const record = { name: 'orders/merge', path: 'orders/merge', method: 'PUT', service: 'billing' };
    const more = { purpose: 'Merges.', sensitive: false, release: '9', deployed_at: '2026-12-01T00:00:00Z' };
    await api.put({ pk: 'DEPLOYMENT', sk: 'ROUTE#orders/merge', ...record, ...more });
    const { routes } = await list();
    await new DeploymentRecords(api.documents, api.stack.tableName).remove('route', 'orders/merge');
    expect(routes.find(({ name }) => name === 'orders/merge')).toMatchObject({
      method: 'PUT',
      service: 'billing',
      version: null,
    });
  });
});
