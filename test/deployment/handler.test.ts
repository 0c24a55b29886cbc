import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeploymentRecords } from '../../functions/adapters/deployment-records.ts';
import { handler } from '../../functions/deployment/handler.ts';
import { type LoopbackRequest, type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';
import { Output } from '../support/output.ts';
import { type Fault, internalError } from '../support/wire.ts';
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
  LogicalResourceId: 'DeploymentRecords',
};
/** A route as CloudFormation passes it on: every value as text. */
const routeOf = (path: string, sensitive = 'false') => ({
  service: 'orders',
  method: 'POST',
  path,
  purpose: `Does ${path}.`,
  sensitive,
});
const propertiesOf = (release: string, ...routes: ReturnType<typeof routeOf>[]) => ({
  ServiceToken: 'arn:aws:lambda:local:000000000000:function:deployment-records',
  serviceTimeout: '300',
  release,
  services: ['orders'],
  routes,
});

const carryOut = async (
  RequestType: 'Create' | 'Update' | 'Delete',
  ResourceProperties: object,
  OldResourceProperties = {},
) => {
  const PhysicalResourceId = RequestType === 'Create' ? undefined : 'deployment-records';
  const event = {
    RequestType,
    ...IDS,
    ...(PhysicalResourceId && { PhysicalResourceId }),
    ...(RequestType === 'Update' && { OldResourceProperties }),
    ResponseURL: `${cloudFormation.url}/answer?signature=1`,
    ResourceType: 'Custom::DeploymentRecords',
    ServiceToken: 'arn:aws:lambda:local:000000000000:function:deployment-records',
    ResourceProperties,
  } as CloudFormationCustomResourceEvent;
  await handler(event);
  return JSON.parse(answers[0]?.body ?? 'null');
};
const SUCCESS = { Status: 'SUCCESS', PhysicalResourceId: 'deployment-records', ...IDS };

describe('a deployment', () => {
  it('is on record after a Create', async () => {
    const properties = propertiesOf('1.0.0', routeOf('orders/update'), routeOf('users/register', 'true'));
    expect(await carryOut('Create', properties)).toEqual(SUCCESS);
    const { services, routes } = await records.list();
    const deployed = { release: '1.0.0', deployed_at: expect.any(String) };
    expect(services).toEqual([{ name: 'orders', ...deployed }]);
    expect(routes).toEqual([
      { name: 'orders/update', ...routeOf('orders/update'), sensitive: false, ...deployed },
      { name: 'users/register', ...routeOf('users/register'), sensitive: true, ...deployed },
    ]);
  });

  it('is on record after an Update, without the routes that are gone', async () => {
    const before = propertiesOf('1.0.0', routeOf('orders/update'), routeOf('orders/old'));
    await carryOut('Create', before);
    answers.length = 0;
    const after = propertiesOf('2.0.0', routeOf('orders/update'), routeOf('orders/new'));
    expect(await carryOut('Update', after, before)).toEqual(SUCCESS);
    expect((await records.list()).routes).toMatchObject([
      { name: 'orders/new', release: '2.0.0' },
      { name: 'orders/update', release: '2.0.0' },
    ]);
  });

  it('leaves withdrawn what an operator withdrew', async () => {
    const before = propertiesOf('1.0.0', routeOf('orders/update'));
    await carryOut('Create', before);
    await records.withdraw('route', 'orders/update', new Date());
    answers.length = 0;
    expect(await carryOut('Update', propertiesOf('2.0.0', routeOf('orders/update')), before)).toEqual(
      SUCCESS,
    );
    expect((await records.list()).routes).toMatchObject([
      { name: 'orders/update', release: '2.0.0', withdrawn_at: expect.any(String) },
    ]);
  });

  it('is off record after a Delete', async () => {
    const properties = propertiesOf('1.0.0', routeOf('orders/update'));
    await carryOut('Create', properties);
    answers.length = 0;
    expect(await carryOut('Delete', properties)).toEqual(SUCCESS);
    expect(await records.list()).toEqual({ services: [], routes: [] });
  });

  it('that never came about can be deleted', async () => {
    expect(await carryOut('Delete', { release: 'of another shape' })).toEqual(SUCCESS);
  });
});

describe('the answer', () => {
  it('is a PUT to the URL given, without a content type, which CloudFormation has not signed', async () => {
    await carryOut('Create', propertiesOf('1.0.0'));
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ method: 'PUT', path: '/answer' });
    expect(answers[0]?.headers['content-type'] ?? '').toBe('');
    expect(answers[0]?.headers['content-length']).toBe(String(Buffer.byteLength(answers[0]?.body ?? '')));
  });

  const expectFailure = (answer: unknown): void => {
    expect(answer).toEqual({ ...SUCCESS, Status: 'FAILED', Reason: expect.stringContaining('log') });
    expect(output.log).toMatchObject([{ level: 'ERROR' }, { level: 'INFO', answer: 'FAILED', sent: 200 }]);
  };

  it('is a failure when the table fails', async () => {
    db.wire.fail('UpdateItem', internalError, Number.POSITIVE_INFINITY);
    expectFailure(await carryOut('Create', propertiesOf('1.0.0', routeOf('orders/update'))));
  });

  it('is a failure only when no write is under way any more', async () => {
    const tries = new Map<string, number>();
    const hasFailed = Promise.withResolvers<void>();
    /** The service's write fails for good; only then do the routes' get on, and each at its third try. */
    const failingService: Fault = async (request, forward) => {
      const name: string = request.input.Key.sk.S;
      if (name === 'CURSOR_KEY') return forward(request.input);
      const tried = (tries.get(name) ?? 0) + 1;
      tries.set(name, tried);
      if (name !== 'SERVICE#orders') await hasFailed.promise;
      else if (tried === 3) hasFailed.resolve();
      const succeeds = name !== 'SERVICE#orders' && tried === 3;
      return succeeds ? forward(request.input) : internalError(request, forward);
    };
    db.wire.fail('UpdateItem', failingService, Number.POSITIVE_INFINITY);
    const paths = ['orders/one', 'orders/three', 'orders/two'];
    expectFailure(await carryOut('Create', propertiesOf('1.0.0', ...paths.map((path) => routeOf(path)))));
    expect((await db.rows('DEPLOYMENT')).map(({ name }) => name).sort()).toEqual(paths);
  });

  it('is a failure when the environment is wrong', async () => {
    vi.stubEnv('TABLE_NAME', '');
    expectFailure(await carryOut('Create', propertiesOf('1.0.0')));
  });

  it.each([
    ['no routes', { release: '1.0.0', services: ['orders'] }],
    ['an unknown service', { ...propertiesOf('1.0.0'), services: ['billing'] }],
    ['a word for sensitive that is none', propertiesOf('1.0.0', routeOf('orders/update', 'perhaps'))],
  ])('is a failure when the properties have %s, and nothing is written', async (_, properties) => {
    expectFailure(await carryOut('Create', properties));
    expect(await records.list()).toEqual({ services: [], routes: [] });
  });

  it('is a success when the table fails once', async () => {
    db.wire.fail('UpdateItem', internalError, 1);
    expect(await carryOut('Create', propertiesOf('1.0.0'))).toEqual(SUCCESS);
  });

  it('that is not taken fails the function', async () => {
    accepts = false;
    await expect(carryOut('Create', propertiesOf('1.0.0'))).rejects.toThrow('403');
  });

  it('that cannot be given fails the function, which Lambda then calls again', async () => {
    const event = { RequestType: 'Delete', ...IDS, ResponseURL: 'http://127.0.0.1:1/answer' };
    await expect(handler(event as CloudFormationCustomResourceEvent)).rejects.toThrow();
  });
});
