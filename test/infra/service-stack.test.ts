import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Route, routeKey, SERVICES, sendsEmail } from '../../functions/contract/define-route.ts';
import { emailEnvironmentSchema } from '../../functions/outbox/environment.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { environmentSchema } from '../../functions/table/environment.ts';
import project from '../../package.json' with { type: 'json' };
import { appOf } from './app-with.ts';
import {
  arnOf,
  everyFunction,
  functionBehind,
  functionNamed,
  grantsOf,
  observability,
  onTable,
  STACK_OF,
  templateOf,
} from './template.ts';

const app = appOf('dev');
const routes: readonly Route[] = catalogue;
/** The address that AWS gives the API, by the id that the gateway's stack has written down. */
const addressOfApi = z.object({
  'Fn::Join': z.tuple([
    z.literal(''),
    z.tuple([
      z.literal('https://'),
      z.object({ Ref: z.string().check(z.regex(/apiid/)) }),
      z.literal('.execute-api.'),
      z.object({ Ref: z.literal('AWS::Region') }),
      z.literal('.'),
      z.object({ Ref: z.literal('AWS::URLSuffix') }),
    ]),
  ]),
});
const sendsLinks = ({ sends = [] }: Route) => sends.some((channel) => channel !== 'email');
const nameInIds = ({ path }: Route) => path.replaceAll(/\W|_/g, '');
const writer = arnOf('lambda', 'function:plano-orders-dev-deployment-records:live');
const nameOf = ({ path }: Route) => `plano-orders-dev-${path.replaceAll('/', '-')}`;

const onIndexes = (names: readonly string[]) => {
  const arns = names.map((name) => ({
    'Fn::Join': ['', expect.arrayContaining([`:table/plano-orders-dev/index/${name}`])],
  }));
  return { 'dynamodb:Query': arns.length === 1 ? arns[0] : arns };
};
const readKey = {
  'ssm:GetParameter': {
    'Fn::Join': ['', expect.arrayContaining([':parameter/plano-orders/dev/mandrill-key'])],
  },
};

const queueEmail = {
  'sqs:SendMessage': { 'Fn::Join': ['', expect.arrayContaining([':plano-orders-dev-emails-due'])] },
};

describe.each(routes.map((route) => [route.path, route] as const))('the route %s', (_, route) => {
  const template = templateOf(app, STACK_OF[route.service]);
  const found = functionNamed(template, nameOf(route));

  it('A route’s function is what the gateway calls for its method and path', () => {
    expect(functionBehind(template, routeKey(route))).toBe(nameOf(route));
  });

  it('A route is one of the API whose id the gateway tells', () => {
    const [published] = Object.values(
      template.findResources('AWS::ApiGatewayV2::Route', { Properties: { RouteKey: routeKey(route) } }),
    );
    expect(template.toJSON().Parameters[published?.Properties.ApiId.Ref]).toMatchObject({
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: '/plano-orders/dev/api-id',
    });
  });

  it('A route has a function on arm64 and Node 24, with a time-out below the gateway’s', () => {
    expect(found.properties).toMatchObject({
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 1024,
      Timeout: 15,
    });
  });

  it('A route writes the log of its service', () => {
    expect(found.logGroup).toBe(`/plano-orders/dev/${route.service}`);
  });

  it('A route is called by an alias of a version that does not change', () => {
    const { FunctionVersion, ...alias } = template.toJSON().Resources[found.alias].Properties;
    expect(alias).toEqual({ Name: 'live', FunctionName: { Ref: found.logicalId } });
    expect(template.toJSON().Resources[FunctionVersion['Fn::GetAtt'][0]]).toMatchObject({
      Type: 'AWS::Lambda::Version',
      Properties: { FunctionName: { Ref: found.logicalId } },
    });
  });

  it('A route is on record once its function is live', () => {
    const [record] = Object.values(
      template.findResources('Custom::RouteRecord', { Properties: { path: route.path } }),
    );
    const { method, service, purpose, sensitive } = route;
    const { FunctionVersion } = template.toJSON().Resources[found.alias].Properties;
    expect(record?.Properties).toMatchObject({
      ServiceToken: writer,
      ServiceTimeout: '300',
      ...{ method, service, purpose, sensitive },
      version: FunctionVersion,
      release: project.version,
      table: 'plano-orders-dev',
    });
    // The name of another route may start like this one's, and goes on in small letters.
    const isOfRoute = new RegExp(`^${nameInIds(route)}(?![a-z])`);
    // By these it is called, and they need all else that it has: its version, and the function with its role.
    const isCalled = /^AWS::(Lambda::(Alias|Permission)|ApiGatewayV2::(Route|Integration))$/;
    const called = Object.entries<{ Type: string }>(template.toJSON().Resources)
      .filter(([id, { Type }]) => isOfRoute.test(id) && isCalled.test(Type))
      .map(([id]) => id);
    expect(called).toHaveLength(4);
    expect(record?.DependsOn).toEqual(expect.arrayContaining(called));
  });

  it('A route may only query its indexes, read the key if it sends e-mail, and touch rows that are named', () => {
    const grants = Object.entries(grantsOf(template, found));
    const isOfRows = (grant: unknown) => typeof grant === 'object' && grant !== null && 'Condition' in grant;
    expect(Object.fromEntries(grants.filter(([, grant]) => !isOfRows(grant)))).toEqual({
      ...observability(found),
      ...(route.table.indexes.length === 0 ? {} : onIndexes(route.table.indexes)),
      ...(sendsEmail(route) ? readKey : {}),
      ...(route.queuesEmail ? queueEmail : {}),
    });
  });

  it('A route’s function finds the environment that it parses, and no more', () => {
    const schema = z.strictObject({
      ...everyFunction,
      ...environmentSchema.shape,
      ...(sendsEmail(route) ? emailEnvironmentSchema.shape : {}),
      ...(sendsLinks(route) ? { API_URL: addressOfApi } : {}),
      ...(route.queuesEmail ? { EMAIL_QUEUE_URL: z.object({ 'Fn::Join': z.unknown() }) } : {}),
      // OWASP's first choice for scrypt.
      ...(route.sensitive || sendsLinks(route) ? { SCRYPT_COST: z.literal('131072') } : {}),
    });
    expect(schema.parse(found.environment)).toMatchObject({
      STAGE: 'dev',
      TABLE_NAME: 'plano-orders-dev',
    });
  });
});

describe('what is done to rows', () => {
  const rowsOf = (name: string) => {
    const template = templateOf(app, 'Orders');
    return grantsOf(template, functionNamed(template, `plano-orders-dev-${name}`));
  };

  it('A read touches rows of its own kind, and those that the pipeline needs for it', () => {
    expect(rowsOf('orders-show')).toMatchObject({
      ...onTable(['BatchGetItem'], ['DEPLOYMENT', 'ORDER#*', 'REFERENCE#*', 'TOKEN#*', 'USED#*']),
      ...onTable(['UpdateItem'], ['NOTIFICATION', 'USED#*']),
    });
  });

  it('A change that sends e-mail never touches who may sign in', () => {
    const grants = rowsOf('orders-update');
    const also = ['CIRCUIT', 'EMAIL#*', 'IDEMPOTENCY#*', 'ORDER#*', 'REFERENCE#*', 'USED#*'];
    expect(grants).toMatchObject({
      ...onTable(['BatchGetItem', 'GetItem'], [...also, 'CLIENT#*', 'DEPLOYMENT', 'TOKEN#*'].sort()),
      ...onTable(['DeleteItem', 'PutItem', 'UpdateItem'], [...also, 'NOTIFICATION'].sort()),
    });
    expect(JSON.stringify(grants)).not.toMatch(/LOGIN|USER/);
  });
});

describe.each(SERVICES)('the service %s', (service) => {
  const template = templateOf(app, STACK_OF[service]);
  const ofService = routes.filter((route) => route.service === service);

  it('A service is on record', () => {
    const records = Object.values(template.findResources('Custom::ServiceRecord'));
    expect(records.map(({ Properties }) => Properties)).toMatchObject([
      { name: service, release: project.version, ServiceToken: writer },
    ]);
  });

  it('A service has the routes of the catalogue that are its own, and their records', () => {
    const keys = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties.RouteKey,
    );
    expect(keys.toSorted()).toEqual(ofService.map(routeKey).toSorted());
    template.resourceCountIs('Custom::RouteRecord', ofService.length);
  });
});
