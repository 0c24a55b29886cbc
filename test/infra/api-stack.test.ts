import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Route, routeKey } from '../../functions/contract/define-route.ts';
import { REFERENCE_PATHS } from '../../functions/documents/reference/paths.ts';
import { emailEnvironmentSchema } from '../../functions/outbox/environment.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { environmentSchema } from '../../functions/table/environment.ts';
import { createApp } from '../../infra/app.ts';
import project from '../../package.json' with { type: 'json' };
import { everyFunction, functionNamed, grantsOf, observability, onTable } from './template.ts';
import { unbundled } from './unbundled.ts';

const app = createApp({ stage: 'dev', context: unbundled });
const template = Template.fromStack(app.node.findChild('Api') as Stack);
const routes: readonly Route[] = catalogue;
const nameInIds = ({ path }: Route) => path.replaceAll(/\W|_/g, '');
const writer = functionNamed(template, 'plano-orders-dev-deployment-records');
const [liveStage] = Object.keys(template.findResources('AWS::ApiGatewayV2::Stage'));
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

/** The name of the function behind a route of the gateway. */
const functionBehind = (key: string): string => {
  const [route] = Object.values(
    template.findResources('AWS::ApiGatewayV2::Route', { Properties: { RouteKey: key } }),
  );
  const integration: string = route?.Properties.Target['Fn::Join'][1][1].Ref;
  const { Resources } = template.toJSON();
  const { Ref: alias } = Resources[integration].Properties.IntegrationUri;
  return Resources[Resources[alias].Properties.FunctionName.Ref].Properties.FunctionName;
};

describe.each(routes.map((route) => [route.path, route] as const))('the route %s', (_, route) => {
  const found = functionNamed(template, nameOf(route));

  it('is what the gateway calls for its method and path', () => {
    expect(functionBehind(routeKey(route))).toBe(nameOf(route));
  });

  it('has a function on arm64 and Node 24, with a time-out below the gateway’s', () => {
    expect(found.properties).toMatchObject({
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 1024,
      Timeout: 15,
    });
  });

  it('writes the log of its service, which forgets', () => {
    expect(template.toJSON().Resources[found.logGroup]).toMatchObject({
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: `/plano-orders/dev/${route.service}`, RetentionInDays: 7 },
    });
  });

  it('is called by an alias of a version that does not change', () => {
    const { FunctionVersion, ...alias } = template.toJSON().Resources[found.alias].Properties;
    expect(alias).toEqual({ Name: 'live', FunctionName: { Ref: found.logicalId } });
    expect(template.toJSON().Resources[FunctionVersion['Fn::GetAtt'][0]]).toMatchObject({
      Type: 'AWS::Lambda::Version',
      Properties: { FunctionName: { Ref: found.logicalId } },
    });
  });

  it('is on record once its function is live', () => {
    const [record] = Object.values(
      template.findResources('Custom::RouteRecord', { Properties: { path: route.path } }),
    );
    const { method, service, purpose, sensitive } = route;
    const { FunctionVersion } = template.toJSON().Resources[found.alias].Properties;
    expect(record?.Properties).toMatchObject({
      ServiceToken: { Ref: writer.alias },
      ServiceTimeout: '300',
      ...{ method, service, purpose, sensitive },
      version: FunctionVersion,
      release: project.version,
      table: 'plano-orders-dev',
    });
    const ofRoute = Object.entries<{ Type: string }>(template.toJSON().Resources)
      .filter(([id, { Type }]) => id.startsWith(nameInIds(route)) && !Type.startsWith('Custom::'))
      .map(([id]) => id);
    expect(ofRoute.length).toBeGreaterThan(6);
    expect(record?.DependsOn).toEqual(expect.arrayContaining([...ofRoute, liveStage]));
  });

  it('may touch no row without telling which, query the indexes that it declares, and read the key if it sends e-mail', () => {
    const grants = Object.entries(grantsOf(template, found));
    const isOfRows = (grant: unknown) => typeof grant === 'object' && grant !== null && 'Condition' in grant;
    expect(Object.fromEntries(grants.filter(([, grant]) => !isOfRows(grant)))).toEqual({
      ...observability(found),
      ...(route.table.indexes.length === 0 ? {} : onIndexes(route.table.indexes)),
      ...(route.sends?.includes('email') ? readKey : {}),
    });
  });

  it('finds the environment that it parses, and no more', () => {
    const schema = z.strictObject({
      ...everyFunction,
      ...environmentSchema.shape,
      ...(route.sends?.includes('email') ? emailEnvironmentSchema.shape : {}),
      // OWASP's first choice for scrypt.
      ...(route.sensitive ? { SCRYPT_COST: z.literal('131072') } : {}),
    });
    expect(schema.parse(found.environment)).toMatchObject({
      STAGE: 'dev',
      TABLE_NAME: 'plano-orders-dev',
    });
  });
});

describe('what is done to rows', () => {
  const rowsOf = (name: string) => grantsOf(template, functionNamed(template, `plano-orders-dev-${name}`));

  it('by a read is that of its own kind of row, and what the pipeline does for it', () => {
    expect(rowsOf('orders-show')).toMatchObject({
      ...onTable(['BatchGetItem'], ['DEPLOYMENT', 'ORDER#*', 'REFERENCE#*', 'TOKEN#*', 'USED#*']),
      ...onTable(['UpdateItem'], ['NOTIFICATION', 'USED#*']),
    });
  });

  it('by a change that sends e-mail never touches who may sign in', () => {
    const grants = rowsOf('orders-update');
    const also = ['CIRCUIT', 'EMAIL#*', 'IDEMPOTENCY#*', 'ORDER#*', 'USED#*'];
    expect(grants).toMatchObject({
      ...onTable(['BatchGetItem', 'GetItem'], [...also, 'CLIENT#*', 'DEPLOYMENT', 'TOKEN#*'].sort()),
      ...onTable(['DeleteItem', 'PutItem', 'UpdateItem'], [...also, 'NOTIFICATION', 'REFERENCE#*'].sort()),
    });
    expect(JSON.stringify(grants)).not.toMatch(/LOGIN|USER/);
  });
});

describe('the gateway', () => {
  it('has the routes of the catalogue, documents and one for all else, with a function each', () => {
    const keys = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties.RouteKey,
    );
    const console = ['GET /console', 'HEAD /console'];
    const reference = REFERENCE_PATHS.flatMap((path) => [`GET ${path}`, `HEAD ${path}`]);
    expect(keys.toSorted()).toEqual(
      [...routes.map(routeKey), ...console, ...reference, '$default'].toSorted(),
    );
    expect(functionBehind('$default')).toBe('plano-orders-dev-unmatched');
    expect(console.map(functionBehind)).toEqual(console.map(() => 'plano-orders-dev-console'));
    expect(reference.map(functionBehind)).toEqual(reference.map(() => 'plano-orders-dev-reference'));
  });

  it.each(['console', 'reference', 'unmatched'])('gives the function %s no access to any data', (name) => {
    const found = functionNamed(template, `plano-orders-dev-${name}`);
    expect(grantsOf(template, found)).toEqual(observability(found));
    expect(z.strictObject(everyFunction).parse(found.environment)).toBeDefined();
  });

  it('limits the rate of requests', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
    });
  });

  it('logs each request in JSON, with nothing personal and no token', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    const settings = stage?.Properties.AccessLogSettings;
    const format = JSON.parse(settings.Format);
    expect(format).toMatchObject({ request_id: '$context.requestId', route: '$context.routeKey' });
    expect(Object.values(format).join()).not.toMatch(/identity|authorizer|path|query|header|domain/i);
    const group = template.toJSON().Resources[settings.DestinationArn['Fn::GetAtt'][0]];
    expect(group.Properties.RetentionInDays).toBe(7);
  });

  it('lets the pages of the stage’s origins call it', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', {
      ProtocolType: 'HTTP',
      CorsConfiguration: {
        AllowOrigins: ['http://localhost:5173'],
        AllowMethods: ['GET', 'POST'],
        AllowHeaders: ['authorization', 'content-type', 'idempotency-key'],
        ExposeHeaders: ['x-request-id', 'retry-after', 'idempotent-replayed'],
      },
    });
  });

  it('says where it is and which table it uses', () => {
    template.hasOutput('ApiUrl', { Value: { 'Fn::GetAtt': [Match.anyValue(), 'ApiEndpoint'] } });
    template.hasOutput('TableName', { Value: 'plano-orders-dev' });
  });
});

describe('the deployment records', () => {
  it('say each service of the catalogue, once the gateway is live', () => {
    const records = Object.values(template.findResources('Custom::ServiceRecord'));
    const services = new Set(routes.map(({ service }) => service));
    expect(new Set(records.map(({ Properties }) => Properties.name))).toEqual(services);
    for (const { Properties, DependsOn } of records) {
      expect(Properties).toMatchObject({ release: project.version, ServiceToken: { Ref: writer.alias } });
      expect(DependsOn).toContain(liveStage);
    }
  });

  it('are as many as there are routes', () => {
    template.resourceCountIs('Custom::RouteRecord', routes.length);
  });

  it('are written by a function that may do that and nothing else', () => {
    expect(
      z.strictObject({ ...everyFunction, ...environmentSchema.shape }).parse(writer.environment),
    ).toBeDefined();
    expect(grantsOf(template, writer)).toEqual({
      ...observability(writer),
      ...onTable(['DeleteItem', 'UpdateItem'], ['DEPLOYMENT']),
    });
  });
});
