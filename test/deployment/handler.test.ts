import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeploymentRecords } from '../../functions/adapters/deployment-records.ts';
import { handler } from '../../functions/deployment/handler.ts';
import { type LoopbackRequest, type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';
import { aRouteRecord } from '../support/echo-route.ts';
import { Output } from '../support/output.ts';
import { internalError } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const output = new Output();

/** What CloudFormation was answered. */
const answers: LoopbackRequest[] = [];
let accepts: boolean;
let cloudFormation: LoopbackServer;
beforeAll(async () => {
  cloudFormation = await serveLoopback((request) => {
    answers.push(request);
    return { status: accepts ? 200 : 403, headers: {}, body: '' };
  });
});
afterAll(() => cloudFormation.close());

let records: DeploymentRecords;
beforeEach(async () => {
  answers.length = 0;
  accepts = true;
  records = new DeploymentRecords(db.client, db.name);
  await db.clear();
});

const IDS = {
  StackId: 'arn:aws:cloudformation:local:000000000000:stack/Api/1',
  RequestId: 'request-1',
  LogicalResourceId: 'Resource',
};
const SERVICE_TOKEN = 'arn:aws:lambda:local:000000000000:function:deployment-records:live';

/** A resource as a template has it. */
interface Resource {
  type: string;
  properties: Record<string, unknown>;
}
const serviceOf = (release: string): Resource => ({
  type: 'Custom::ServiceRecord',
  properties: { name: 'orders', release, table: 'plano-orders-dev' },
});
/** CloudFormation passes every value as text. */
const routeOf = (release: string, different: Record<string, string> = {}): Resource => {
  const { name: _, ...route } = aRouteRecord('orders/update', release);
  return {
    type: 'Custom::RouteRecord',
    properties: { ...route, sensitive: 'false', table: 'plano-orders-dev', ...different },
  };
};

/** Has CloudFormation ask for a resource to be created, updated from what it was, or deleted; its answer. */
const carryOut = async (
  RequestType: 'Create' | 'Update' | 'Delete',
  { type, properties }: Resource,
  { id = 'orders', was = {} }: { id?: string; was?: object } = {},
) => {
  const event = {
    RequestType,
    ...IDS,
    ...(RequestType !== 'Create' && { PhysicalResourceId: id }),
    ...(RequestType === 'Update' && { OldResourceProperties: was }),
    ResponseURL: `${cloudFormation.url}/answer?signature=1`,
    ResourceType: type,
    ServiceToken: SERVICE_TOKEN,
    ResourceProperties: { ServiceToken: SERVICE_TOKEN, ServiceTimeout: '300', ...properties },
  } as CloudFormationCustomResourceEvent;
  await handler(event);
  return JSON.parse(answers.at(-1)?.body ?? 'null');
};
const successOf = (PhysicalResourceId: string) => ({ Status: 'SUCCESS', PhysicalResourceId, ...IDS });

describe('a service', () => {
  it('is on record after a Create, and off it after a Delete', async () => {
    expect(await carryOut('Create', serviceOf('1.0.0'))).toEqual(successOf('orders'));
    const deployed_at = expect.any(String);
    expect((await records.list()).services).toEqual([{ name: 'orders', release: '1.0.0', deployed_at }]);
    expect(await carryOut('Delete', serviceOf('1.0.0'))).toEqual(successOf('orders'));
    expect((await records.list()).services).toEqual([]);
  });
});

describe('a route', () => {
  const id = 'orders/update';
  const recorded = async () => (await records.list()).routes;

  it('is on record after a Create', async () => {
    expect(await carryOut('Create', routeOf('1.0.0', { sensitive: 'true' }))).toEqual(successOf(id));
    const record = { ...aRouteRecord(id), sensitive: true, deployed_at: expect.any(String) };
    expect(await recorded()).toEqual([record]);
  });

  it('is on record as an Update says, and again as it was when the stack is rolled back', async () => {
    const [before, after] = [routeOf('1.0.0'), routeOf('2.0.0', { version: '8' })];
    await carryOut('Create', before);
    expect(await carryOut('Update', after, { id, was: before.properties })).toEqual(successOf(id));
    expect(await recorded()).toMatchObject([{ release: '2.0.0', version: '8' }]);
    expect(await carryOut('Update', before, { id, was: after.properties })).toEqual(successOf(id));
    expect(await recorded()).toMatchObject([{ release: '1.0.0', version: '7' }]);
  });

  it('stays withdrawn when an operator withdrew it', async () => {
    await carryOut('Create', routeOf('1.0.0'));
    await records.withdraw('route', id, new Date());
    await carryOut('Update', routeOf('2.0.0'), { id });
    expect(await recorded()).toMatchObject([{ release: '2.0.0', withdrawn_at: expect.any(String) }]);
  });

  it('is off record after a Delete, also one that rolls back a Create whose answer got lost', async () => {
    await carryOut('Create', routeOf('1.0.0'));
    expect(await carryOut('Delete', routeOf('1.0.0'), { id: 'made-up' })).toEqual(successOf('made-up'));
    expect(await recorded()).toEqual([]);
  });

  it('that never came about can be deleted', async () => {
    await carryOut('Create', routeOf('1.0.0'));
    const other = { type: 'Custom::RouteRecord', properties: { release: 'of another shape' } };
    expect(await carryOut('Delete', other, { id: 'Resource' })).toEqual(successOf('Resource'));
    expect(await recorded()).toHaveLength(1);
  });
});

describe('the answer', () => {
  it('is a PUT to the URL given, without a content type, which CloudFormation has not signed', async () => {
    await carryOut('Create', serviceOf('1.0.0'));
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ method: 'PUT', path: '/answer' });
    expect(answers[0]?.headers['content-type'] ?? '').toBe('');
    expect(answers[0]?.headers['content-length']).toBe(String(Buffer.byteLength(answers[0]?.body ?? '')));
  });

  const expectFailure = (answer: unknown, PhysicalResourceId = 'Resource'): void => {
    expect(answer).toEqual({
      ...successOf(PhysicalResourceId),
      Status: 'FAILED',
      Reason: expect.stringContaining('log'),
    });
    expect(output.log).toMatchObject([{ level: 'ERROR' }, { level: 'INFO', answer: 'FAILED', sent: 200 }]);
  };

  it('is a failure when the table fails', async () => {
    db.wire.fail('UpdateItem', internalError, Number.POSITIVE_INFINITY);
    expectFailure(await carryOut('Create', routeOf('1.0.0')));
  });

  it('that an Update failed keeps the id, so that CloudFormation deletes nothing', async () => {
    db.wire.fail('UpdateItem', internalError, Number.POSITIVE_INFINITY);
    expectFailure(await carryOut('Update', routeOf('1.0.0'), { id: 'orders/update' }), 'orders/update');
  });

  it('is a failure when the environment is wrong', async () => {
    vi.stubEnv('TABLE_NAME', '');
    expectFailure(await carryOut('Create', serviceOf('1.0.0')));
  });

  it.each([
    ['a route without a path', { type: 'Custom::RouteRecord', properties: { release: '1.0.0' } }],
    ['an unknown service', { type: 'Custom::ServiceRecord', properties: { name: 'billing', release: '1' } }],
    ['a word for sensitive that is none', routeOf('1.0.0', { sensitive: 'perhaps' })],
    ['a type that it does not know', { type: 'Custom::Other', properties: {} }],
  ])('is a failure when it is to record %s, and nothing is written', async (_, resource) => {
    expectFailure(await carryOut('Create', resource));
    expect(await records.list()).toEqual({ services: [], routes: [] });
  });

  it('is a success when the table fails once', async () => {
    db.wire.fail('UpdateItem', internalError, 1);
    expect(await carryOut('Create', serviceOf('1.0.0'))).toEqual(successOf('orders'));
  });

  it('that is not taken fails the function', async () => {
    accepts = false;
    await expect(carryOut('Create', serviceOf('1.0.0'))).rejects.toThrow('403');
  });

  it('that cannot be given fails the function, which Lambda then calls again', async () => {
    const event = {
      RequestType: 'Delete',
      ResourceType: 'Custom::CursorKey',
      ...IDS,
      ResponseURL: 'http://127.0.0.1:1/answer',
    };
    await expect(handler(event as CloudFormationCustomResourceEvent)).rejects.toThrow();
  });
});
