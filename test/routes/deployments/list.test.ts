import { afterAll, beforeAll, expect, it } from 'vitest';
import { DeploymentRecords } from '../../../functions/adapters/deployment-records.ts';
import { catalogue } from '../../../functions/routes/catalogue.ts';
import { TestStack } from '../../support/local-stack.ts';

let api: TestStack;
beforeAll(async () => {
  api = await TestStack.start();
});
afterAll(() => api.stop());

const list = async () => {
  const answer = await api.get('deployments/list', api.tokens.employee);
  expect(answer.status).toBe('action-successful');
  return answer.data as unknown as Record<'services' | 'routes', Record<string, unknown>[]>;
};
const byName = (one: string, other: string): number => (one < other ? -1 : 1);

it('has every service and route of the catalogue, by name', async () => {
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

it('tells what is withdrawn, and since when', async () => {
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
