import { describe, expect, it, onTestFinished } from 'vitest';
import { DeploymentRecords } from '../../../../../functions/deployments/deployment-records.ts';
import { startDynamoDbLocal } from '../../../../../infra/local/dynamodb.ts';
import { aDatabase, TestStack } from '../../../../support/local-stack.ts';

/** What clients get when the table says that nothing is deployed, or says nothing at all. Each test has its own stack. */
const startStack = async (dynamoDb?: string): Promise<TestStack> => {
  const api = await TestStack.start({ database: aDatabase(dynamoDb) });
  onTestFinished(() => api.stop());
  return api;
};

const anyRequest = (api: TestStack) => api.update(api.order('plain_1'));

describe('while an operator has withdrawn it', () => {
  const startWithRecords = async () => {
    const api = await startStack();
    return { api, records: new DeploymentRecords(api.documents, api.stack.tableName) };
  };

  it('An update is answered route-not-found while an operator has withdrawn the route', async () => {
    const { api, records } = await startWithRecords();
    await records.withdraw('route', 'orders/update', new Date());
    const answer = await anyRequest(api);
    expect(answer).toMatchObject({ http: 503, status: 'route-not-found' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('An update is answered service-not-found while the service is withdrawn, whatever the route’s record says', async () => {
    const { api, records } = await startWithRecords();
    await records.withdraw('service', 'orders', new Date());
    await records.withdraw('route', 'orders/update', new Date());
    const answer = await anyRequest(api);
    expect(answer).toMatchObject({ http: 503, status: 'service-not-found' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('when the table is gone', () => {
  /** A stack with a DynamoDB Local of its own, which can be stopped. */
  const startWithDynamoDb = async () => {
    const dynamoDb = await startDynamoDbLocal();
    onTestFinished(dynamoDb.stop);
    return { api: await startStack(dynamoDb.endpoint), dynamoDb };
  };

  it('An update is answered identify-request-error when the table is gone before the route is identified', async () => {
    const { api, dynamoDb } = await startWithDynamoDb();
    await dynamoDb.stop();
    const answer = await anyRequest(api);
    expect(answer).toMatchObject({ http: 500, status: 'identify-request-error' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('An update is answered application-crash when the table is gone after that', async () => {
    const { api, dynamoDb } = await startWithDynamoDb();
    expect(await anyRequest(api)).toMatchObject({ http: 200 });
    await dynamoDb.stop();
    const answer = await anyRequest(api);
    expect(answer).toMatchObject({ http: 500, status: 'application-crash' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.data).toBeUndefined();
  });
});
