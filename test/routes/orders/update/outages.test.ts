import { afterEach, beforeEach, expect, it } from 'vitest';
import { DeploymentRecords } from '../../../../functions/adapters/deployment-records.ts';
import { TestStack } from '../../../support/local-stack.ts';

/** What clients get when the table says that nothing is deployed, or says nothing at all. Each test has its own stack. */
let api: TestStack;
let records: DeploymentRecords;
beforeEach(async () => {
  api = await TestStack.start();
  records = new DeploymentRecords(api.documents, api.stack.tableName);
});
afterEach(() => api.stop());

const anyRequest = () => api.update(api.order('plain_1'));

it('answers route-not-found while the route is withdrawn', async () => {
  await records.withdraw('route', 'orders/update', new Date());
  const answer = await anyRequest();
  expect(answer).toMatchObject({ http: 503, status: 'route-not-found' });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('answers service-not-found while the service is withdrawn, whatever the route’s record says', async () => {
  await records.withdraw('service', 'orders', new Date());
  await records.withdraw('route', 'orders/update', new Date());
  const answer = await anyRequest();
  expect(answer).toMatchObject({ http: 503, status: 'service-not-found' });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('answers identify-request-error when the table is gone before the route is identified', async () => {
  await api.stack.stopDynamoDb();
  const answer = await anyRequest();
  expect(answer).toMatchObject({ http: 500, status: 'identify-request-error' });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('answers application-crash when the table is gone after that', async () => {
  expect(await anyRequest()).toMatchObject({ http: 200 });
  await api.stack.stopDynamoDb();
  const answer = await anyRequest();
  expect(answer).toMatchObject({ http: 500, status: 'application-crash' });
  expect(answer.data).toBeUndefined();
});
