import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeploymentRecords } from '../../../functions/deployments/deployment-records.ts';
import { deploymentKey, findDeployments } from '../../../functions/deployments/deployment-state.ts';
import { findReleases } from '../../../functions/deployments/releases.ts';
import { handler } from '../../../functions/jobs/record-deployment/handler.ts';
import { lambdaCall } from '../../../infra/local/lambda.ts';
import {
  type LoopbackReply,
  type LoopbackRequest,
  type LoopbackServer,
  serveLoopback,
} from '../../../infra/local/loopback.ts';
import fixture from '../../releases/0.2.0/rows.json' with { type: 'json' };
import { aRouteRecord } from '../../support/echo-route.ts';
import { Output } from '../../support/output.ts';
import { answerLost, internalError } from '../../support/wire.ts';
import { WiredTable } from '../../support/wired-table.ts';

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

beforeEach(async () => {
  answers.length = 0;
  accepts = true;
  await db.clear();
});
const onRecord = () => findDeployments(db.open());

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
const inTime = { getRemainingTimeInMillis: () => 15_000 };
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
  {
    id = 'orders',
    was = {},
    by = IDS,
  }: { id?: string; was?: Resource['properties']; by?: Partial<typeof IDS> } = {},
) => {
  const event = {
    RequestType,
    ...IDS,
    ...by,
    ...(RequestType !== 'Create' && { PhysicalResourceId: id }),
    ...(RequestType === 'Update' && { OldResourceProperties: was }),
    ResponseURL: `${cloudFormation.url}/answer?signature=1`,
    ResourceType: type,
    ServiceToken: SERVICE_TOKEN,
    ResourceProperties: { ServiceToken: SERVICE_TOKEN, ServiceTimeout: '300', ...properties },
  } as CloudFormationCustomResourceEvent;
  await handler(event, inTime);
  return JSON.parse(answers.at(-1)?.body ?? 'null');
};
const successOf = (PhysicalResourceId: string) => ({ Status: 'SUCCESS', PhysicalResourceId, ...IDS });

describe('a service', () => {
  it('A service is on record after a Create, and off it after a Delete', async () => {
    expect(await carryOut('Create', serviceOf('1.0.0'))).toEqual(successOf('orders'));
    const deployed_at = expect.any(String);
    expect((await onRecord()).services).toEqual([{ name: 'orders', release: '1.0.0', deployed_at }]);
    expect(await carryOut('Delete', serviceOf('1.0.0'))).toEqual(successOf('orders'));
    expect((await onRecord()).services).toEqual([]);
  });
});

describe('a route', () => {
  const id = 'orders/update';
  const recorded = async () => (await onRecord()).routes;

  it('A route is on record after a Create', async () => {
    expect(await carryOut('Create', routeOf('1.0.0', { sensitive: 'true' }))).toEqual(successOf(id));
    const record = { ...aRouteRecord(id), sensitive: true, deployed_at: expect.any(String) };
    expect(await recorded()).toEqual([record]);
  });

  it('A route is on record as an Update says, and again as it was when the stack is rolled back', async () => {
    const [before, after] = [routeOf('1.0.0'), routeOf('2.0.0', { version: '8' })];
    await carryOut('Create', before);
    expect(await carryOut('Update', after, { id, was: before.properties })).toEqual(successOf(id));
    expect(await recorded()).toMatchObject([{ release: '2.0.0', version: '8' }]);
    expect(await carryOut('Update', before, { id, was: after.properties })).toEqual(successOf(id));
    expect(await recorded()).toMatchObject([{ release: '1.0.0', version: '7' }]);
  });

  it('A route stays withdrawn when an operator withdrew it', async () => {
    await carryOut('Create', routeOf('1.0.0'));
    await new DeploymentRecords(db.client, db.name).withdraw('route', id, new Date());
    await carryOut('Update', routeOf('2.0.0'), { id });
    expect(await recorded()).toMatchObject([{ release: '2.0.0', withdrawn_at: expect.any(String) }]);
  });

  it('A route is off record after a Delete, also one that rolls back a Create whose answer got lost', async () => {
    await carryOut('Create', routeOf('1.0.0'));
    expect(await carryOut('Delete', routeOf('1.0.0'), { id: 'made-up' })).toEqual(successOf('made-up'));
    expect(await recorded()).toEqual([]);
  });

  it('A route that never came about can be deleted, and takes no record with it', async () => {
    const resource = { type: 'Custom::RouteRecord', properties: { release: 'without a path' } };
    const by = { LogicalResourceId: 'Nameless' };
    expect(await carryOut('Create', resource, { by })).toMatchObject({ Status: 'FAILED' });
    await carryOut('Create', routeOf('1.0.0'));
    expect(await carryOut('Delete', resource, { id: 'Nameless', by })).toMatchObject({ Status: 'SUCCESS' });
    expect(await recorded()).toHaveLength(1);
  });

  it('A route whose record could not be written takes not that of another resource with it', async () => {
    await carryOut('Create', routeOf('1.0.0'));
    const by = { LogicalResourceId: 'Another' };
    const faulty = routeOf('2.0.0', { sensitive: 'perhaps' });
    expect(await carryOut('Create', faulty, { by })).toMatchObject({ Status: 'FAILED' });
    expect(await carryOut('Delete', faulty, { id: 'Another', by })).toMatchObject({ Status: 'SUCCESS' });
    expect(await recorded()).toMatchObject([{ release: '1.0.0' }]);
  });

  it('A route whose path changes leaves its old record to be deleted, and can be rolled back', async () => {
    const [before, after] = [routeOf('1.0.0'), routeOf('2.0.0', { path: 'orders/amend' })];
    const [was, is] = [{ was: before.properties }, { was: after.properties }];
    await carryOut('Create', before);
    const renamed = await carryOut('Update', after, { id, ...was });
    expect(renamed).toEqual(successOf('orders/amend'));
    expect(await carryOut('Update', before, { id: 'orders/amend', ...is })).toEqual(successOf(id));
    await carryOut('Delete', after, { id: 'orders/amend' });
    expect(await recorded()).toMatchObject([{ name: id, release: '1.0.0' }]);
  });

  it('A route may be of a method and a service that this release does not know', async () => {
    const resource = routeOf('3.0.0', { method: 'PUT', service: 'billing' });
    expect(await carryOut('Create', resource)).toEqual(successOf(id));
    expect(await recorded()).toMatchObject([{ method: 'PUT', service: 'billing' }]);
  });
});

describe('a record', () => {
  /** The same record from another resource: of another logical id, of another stack, or of a later stack of the same name. */
  const movers = [
    { LogicalResourceId: 'Moved' },
    { StackId: 'arn:aws:cloudformation:local:000000000000:stack/Orders/2' },
    { StackId: 'arn:aws:cloudformation:local:000000000000:stack/Api/3' },
  ];
  const recorded = async () => {
    const { services, routes } = await onRecord();
    return [...services, ...routes].map(({ name, release }) => `${name} ${release}`);
  };
  /** What CloudFormation does to both kinds, each of which must succeed. */
  const both = async (request: 'Create' | 'Update' | 'Delete', release: string, by: Partial<typeof IDS>) => {
    for (const resource of [serviceOf(release), routeOf(release)]) {
      const { properties } = resource;
      const id = String(properties.path ?? properties.name);
      expect(await carryOut(request, resource, { id, by, was: properties })).toMatchObject({
        Status: 'SUCCESS',
      });
    }
  };
  const of = (release: string) => [`orders ${release}`, `orders/update ${release}`];

  it.each(movers)(
    'A record that comes to another resource (%j) outlives the one before, and goes with it',
    async (by) => {
      await both('Create', '1.0.0', {});
      await both('Create', '2.0.0', by);
      await both('Delete', '1.0.0', {});
      expect(await recorded()).toEqual(of('2.0.0'));
      await both('Update', '3.0.0', by);
      await both('Delete', '3.0.0', by);
      expect(await recorded()).toEqual([]);
    },
  );

  it.each(movers)('A record stays when its new resource (%j) is taken back again', async (by) => {
    await both('Create', '1.0.0', {});
    await both('Create', '2.0.0', by);
    await both('Delete', '2.0.0', by);
    expect(await recorded()).toHaveLength(2);
    await both('Update', '1.0.0', {});
    await both('Delete', '1.0.0', {});
    expect(await recorded()).toEqual([]);
  });

  it('A record of release 0.2, which had no keeper, goes with whoever has it deleted', async () => {
    await db.put(...released());
    await both('Delete', '0.2.0', {});
    expect(await recorded()).toEqual([]);
  });

  it('A record of release 0.2 is kept by whoever writes it next', async () => {
    await db.put(...released());
    await both('Update', '1.0.0', {});
    await both('Delete', '1.0.0', { LogicalResourceId: 'Another' });
    expect(await recorded()).toEqual(of('1.0.0'));
    await both('Delete', '1.0.0', {});
    expect(await recorded()).toEqual([]);
  });

  const released = () =>
    fixture.rows.filter(
      ({ pk, sk }) => pk === 'DEPLOYMENT' && ['SERVICE#orders', 'ROUTE#orders/update'].includes(sk),
    );

  it('The record of a service that this release does not know, and of its routes, goes all the same', async () => {
    await carryOut('Create', serviceOf('1.0.0'));
    const billing = { type: 'Custom::ServiceRecord', properties: { name: 'billing', release: '0.9.0' } };
    const invoices = routeOf('0.9.0', { service: 'billing', path: 'invoices/show', method: 'PATCH' });
    const by = { LogicalResourceId: 'Billing' };
    for (const request of ['Create', 'Delete'] as const) {
      for (const resource of [billing, invoices]) {
        expect(await carryOut(request, resource, { by, id: 'billing' })).toMatchObject({ Status: 'SUCCESS' });
      }
      expect(await recorded()).toHaveLength(request === 'Create' ? 3 : 1);
    }
  });

  it('A record goes by its name, whatever else a release says of it', async () => {
    await both('Create', '1.0.0', {});
    await carryOut('Delete', { type: 'Custom::ServiceRecord', properties: { name: 'orders' } });
    await carryOut('Delete', {
      type: 'Custom::RouteRecord',
      properties: { path: 'orders/update', method: '?' },
    });
    expect(await recorded()).toEqual([]);
  });

  it('A record that cannot be read goes as well', async () => {
    await carryOut('Create', routeOf('1.0.0'));
    const row = await db.row(deploymentKey('route', 'orders/update'));
    await db.put({ ...row, purpose: 7 });
    await carryOut('Delete', routeOf('1.0.0'));
    expect(await db.rows('DEPLOYMENT')).toEqual([]);
  });

  it('A record is deleted once, however often that is asked, and when its answer got lost', async () => {
    await both('Create', '1.0.0', {});
    db.wire.fail('UpdateItem', answerLost);
    await both('Delete', '1.0.0', {});
    await both('Delete', '1.0.0', {});
    expect(await db.rows('DEPLOYMENT')).toEqual([]);
  });
});

describe('a release', () => {
  /** What Lambda was asked to delete. */
  const deleted: string[] = [];
  let lambda: LoopbackServer;
  /** What Lambda answers. */
  let reply: LoopbackReply;
  beforeEach(async () => {
    deleted.length = 0;
    reply = { status: 204, headers: {}, body: '' };
    lambda = await serveLoopback((request) => {
      const { operation, functionName, qualifier } = lambdaCall(request) ?? {};
      deleted.push(`${operation} ${functionName}:${qualifier}`);
      return reply;
    });
    vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', lambda.url);
    return () => lambda.close();
  });

  const releaseOf = (release: string, functions: Record<string, string>, service = 'orders'): Resource => ({
    type: 'Custom::Release',
    properties: { service, release, functions, table: 'plano-orders-dev' },
  });
  const show = (version: string) => ({ 'plano-orders-dev-orders-show': version });
  const kept = async (service?: string) =>
    (await findReleases(db.open(), service)).map(({ release, functions }) => [
      release,
      ...Object.values(functions),
    ]);
  /** Deploys releases, each with a version of its own. */
  const deploy = async (...releases: string[]) => {
    for (const release of releases) await carryOut('Update', releaseOf(release, show(release)));
  };

  it('A release is on record after a Create with the versions of its functions, and off it after a Delete', async () => {
    const resource = releaseOf('1.0.0', { ...show('7'), 'plano-orders-dev-orders-list': '3' });
    expect(await carryOut('Create', resource)).toEqual(successOf('orders'));
    expect(await kept('orders')).toEqual([['1.0.0', '7', '3']]);
    await carryOut('Create', releaseOf('1.0.0', show('7'), 'auth'));
    expect(await carryOut('Delete', resource)).toEqual(successOf('orders'));
    expect(await kept('orders')).toEqual([]);
    expect(await kept()).toEqual([['1.0.0', '7']]);
    expect(deleted).toEqual([]);
  });

  it('A release is on record again as it was when the stack is rolled back, as the latest', async () => {
    await deploy('1', '2', '1');
    expect(await kept()).toEqual([
      ['1', '1'],
      ['2', '2'],
    ]);
  });

  it('A sixth release takes the place of the oldest, and versions go that none is made of any more', async () => {
    await deploy('1', '2', '3', '4', '5', '1');
    expect(deleted).toEqual([]);
    await deploy('6');
    expect((await kept()).map(([release]) => release)).toEqual(['6', '1', '5', '4', '3']);
    expect(deleted).toEqual(['DeleteFunction plano-orders-dev-orders-show:2']);
  });

  it('A release that is deployed again keeps the versions that it had until the next time, as the deployment may yet fail', async () => {
    await carryOut('Update', releaseOf('1.0.0', { ...show('1'), 'plano-orders-dev-orders-list': '1' }));
    await carryOut('Update', releaseOf('1.0.0', { ...show('2'), 'plano-orders-dev-orders-list': '1' }));
    await carryOut('Update', releaseOf('1.0.0', { ...show('2'), 'plano-orders-dev-orders-list': '1' }));
    expect(deleted).toEqual([]);
    await carryOut('Update', releaseOf('1.0.0', { ...show('3'), 'plano-orders-dev-orders-list': '1' }));
    expect(await kept()).toEqual([['1.0.0', '3', '1']]);
    expect(deleted).toEqual(['DeleteFunction plano-orders-dev-orders-show:1']);
  });

  it('A release is on record also when Lambda does not delete a version, to which an alias may point', async () => {
    await deploy('1', '2', '3', '4', '5');
    reply = { status: 409, headers: { 'x-amzn-errortype': 'ResourceConflictException' }, body: '{}' };
    const resource = releaseOf('6', show('6'));
    expect(await carryOut('Update', resource)).toMatchObject({ Status: 'SUCCESS' });
    expect((await kept())[0]).toEqual(['6', '6']);
    expect(deleted).toHaveLength(1);
    expect(output.log).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        function: 'plano-orders-dev-orders-show',
        version: '1',
        error: expect.objectContaining({ name: 'ResourceConflictException' }),
      }),
    );
  });

  it('A release that comes to another resource outlives the one before', async () => {
    await deploy('1');
    const by = { LogicalResourceId: 'Moved' };
    await carryOut('Create', releaseOf('2', show('2')), { by });
    await carryOut('Delete', releaseOf('1', show('1')));
    expect(await kept()).toEqual([['2', '2']]);
  });

  it('A release without functions, or one whose versions are none, is not put on record', async () => {
    for (const functions of [undefined, { name: '' }]) {
      const resource = {
        type: 'Custom::Release',
        properties: { service: 'orders', release: '1', functions },
      };
      expect(await carryOut('Create', resource)).toMatchObject({ Status: 'FAILED' });
    }
    expect(await kept()).toEqual([]);
  });
});

describe('a resource of a type that only another release keeps', () => {
  it('A resource that only release 0.2 keeps, the key of its cursors, is deleted, and nothing else with it', async () => {
    await carryOut('Create', serviceOf('1.0.0'));
    const key = { type: 'Custom::CursorKey', properties: { name: 'orders', table: 'plano-orders-dev' } };
    expect(await carryOut('Delete', key, { id: 'cursor-key' })).toEqual(successOf('cursor-key'));
    expect((await onRecord()).services).toHaveLength(1);
  });
});

describe('the answer', () => {
  it('The answer is a PUT to the URL given, without a content type, which CloudFormation has not signed', async () => {
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

  it('The answer is a failure when the table fails', async () => {
    db.wire.fail('UpdateItem', internalError, Number.POSITIVE_INFINITY);
    expectFailure(await carryOut('Create', routeOf('1.0.0')));
  });

  it('The answer that an Update failed keeps the id, so that CloudFormation deletes nothing', async () => {
    db.wire.fail('UpdateItem', internalError, Number.POSITIVE_INFINITY);
    expectFailure(await carryOut('Update', routeOf('1.0.0'), { id: 'orders/update' }), 'orders/update');
  });

  it('The answer is a failure when the environment is wrong', async () => {
    vi.stubEnv('TABLE_NAME', '');
    expectFailure(await carryOut('Create', serviceOf('1.0.0')));
  });

  it.each([
    ['a route without a path', { type: 'Custom::RouteRecord', properties: { release: '1.0.0' } }],
    ['a service without a name', { type: 'Custom::ServiceRecord', properties: { name: '', release: '1' } }],
    [
      'a name that no key can hold',
      { type: 'Custom::ServiceRecord', properties: { name: 'x'.repeat(2_000), release: '1' } },
    ],
    ['a word for sensitive that is none', routeOf('1.0.0', { sensitive: 'perhaps' })],
    ['a type that it does not know', { type: 'Custom::Other', properties: {} }],
  ])('The answer is a failure when it is to record %s, and nothing is written', async (_, resource) => {
    expectFailure(await carryOut('Create', resource));
    expect(await onRecord()).toEqual({ services: [], routes: [] });
  });

  it('The answer is a success when the table fails once', async () => {
    db.wire.fail('UpdateItem', internalError, 1);
    expect(await carryOut('Create', serviceOf('1.0.0'))).toEqual(successOf('orders'));
  });

  it('An answer that CloudFormation does not take fails the function', async () => {
    accepts = false;
    await expect(carryOut('Create', serviceOf('1.0.0'))).rejects.toThrow('403');
  });

  it('An answer that cannot be given fails the function, which Lambda then calls again', async () => {
    const event = {
      RequestType: 'Delete',
      ResourceType: 'Custom::Other',
      ...IDS,
      ResponseURL: 'http://127.0.0.1:1/answer',
    };
    await expect(handler(event as CloudFormationCustomResourceEvent, inTime)).rejects.toThrow();
  });
});
