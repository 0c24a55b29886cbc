import type { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Route, routeKey, tableActions } from '../../functions/contract/define-route.ts';
import { emailEnvironmentSchema, environmentSchema } from '../../functions/contract/environment.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { createApp } from '../../infra/app.ts';
import { functionNamed, grantsOf } from './template.ts';
import { unbundled } from './unbundled.ts';

const app = createApp({ stage: 'dev', context: unbundled });
const template = Template.fromStack(app.node.findChild('Api') as Stack);
const routes: readonly Route[] = catalogue;
const nameOf = ({ path }: Route) => `plano-orders-dev-${path.replaceAll('/', '-')}`;

/** What every function may do: write its own log, and its traces. */
const observability = (logGroup: string) => ({
  'logs:CreateLogStream': { 'Fn::GetAtt': [logGroup, 'Arn'] },
  'logs:PutLogEvents': { 'Fn::GetAtt': [logGroup, 'Arn'] },
  'xray:PutTraceSegments': '*',
  'xray:PutTelemetryRecords': '*',
});
const TABLE = { 'Fn::Join': ['', expect.arrayContaining([':table/plano-orders-dev'])] };
const onTable = (actions: string[]) => Object.fromEntries(actions.map((action) => [action, TABLE]));
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
  const uri = template.toJSON().Resources[integration].Properties.IntegrationUri;
  return template.toJSON().Resources[uri['Fn::GetAtt'][0]].Properties.FunctionName;
};

describe.each(routes.map((route) => [route.path, route] as const))('the route %s', (_, route) => {
  const found = functionNamed(template, nameOf(route));

  it('is what the gateway calls for its method and path', () => {
    expect(functionBehind(routeKey(route))).toBe(nameOf(route));
  });

  it('has a function on arm64 and Node 24, traced, with a time-out below the gateway’s', () => {
    expect(found.properties).toMatchObject({
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 1024,
      Timeout: 15,
      TracingConfig: { Mode: 'Active' },
    });
  });

  it('has a log group of its own that forgets', () => {
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: `/aws/lambda/${nameOf(route)}`, RetentionInDays: 7 },
    });
    expect(template.toJSON().Resources[found.logGroup].Properties.LogGroupName).toContain(nameOf(route));
  });

  it('may do what it declares on the table, read the key if it sends e-mail, and nothing else', () => {
    expect(grantsOf(template, found)).toEqual({
      ...observability(found.logGroup),
      ...onTable(tableActions(route)),
      ...(route.indexes === undefined ? {} : onIndexes(route.indexes)),
      ...(route.sendsEmail ? readKey : {}),
    });
  });

  it('finds the environment that it parses, and no more', () => {
    const schema = z.strictObject({
      ...environmentSchema.shape,
      ...(route.sendsEmail ? emailEnvironmentSchema.shape : {}),
    });
    expect(schema.parse(found.environment)).toMatchObject({
      STAGE: 'dev',
      TABLE_NAME: 'plano-orders-dev',
    });
  });
});

describe('the gateway', () => {
  it('has the routes of the catalogue, the console and one for all else, with a function each', () => {
    const keys = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties.RouteKey,
    );
    const console = ['GET /console', 'HEAD /console'];
    expect(keys.toSorted()).toEqual([...routes.map(routeKey), ...console, '$default'].toSorted());
    expect(functionBehind('$default')).toBe('plano-orders-dev-unmatched');
    expect(console.map(functionBehind)).toEqual(console.map(() => 'plano-orders-dev-console'));
  });

  it.each(['console', 'unmatched'])('gives the function %s no access to any data', (name) => {
    const found = functionNamed(template, `plano-orders-dev-${name}`);
    expect(grantsOf(template, found)).toEqual(observability(found.logGroup));
    expect(found.environment).toEqual({});
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
  const writer = functionNamed(template, 'plano-orders-dev-deployment-records');
  const [records] = Object.values(template.findResources('Custom::DeploymentRecords'));

  it('say each route and service of the catalogue', () => {
    expect(records?.Properties).toMatchObject({
      services: [...new Set(routes.map(({ service }) => service))],
      routes: routes.map(({ path, method, service, purpose, sensitive }) => ({
        path,
        method,
        service,
        purpose,
        sensitive,
      })),
    });
  });

  it('are written after everything that answers requests is there', () => {
    const live = ['Function', 'Policy', 'Route', 'Integration', 'Permission', 'Stage'];
    const resources = Object.entries<{ Type: string }>(template.toJSON().Resources);
    const ids = resources
      .filter(([, { Type }]) => live.includes(Type.split('::')[2] ?? ''))
      .map(([id]) => id);
    expect(ids.length).toBeGreaterThan(6 * (routes.length + 1));
    expect(records?.DependsOn).toEqual(expect.arrayContaining(ids));
  });

  it('are written by a function that may do that and nothing else', () => {
    expect(records?.Properties.ServiceToken).toEqual({ 'Fn::GetAtt': [writer.logicalId, 'Arn'] });
    expect(z.strictObject(environmentSchema.shape).parse(writer.environment)).toBeDefined();
    expect(grantsOf(template, writer)).toEqual({
      ...observability(writer.logGroup),
      ...onTable(['dynamodb:DeleteItem', 'dynamodb:Query', 'dynamodb:UpdateItem']),
    });
  });

  it('do not let a deployment hang when the function does not answer', () => {
    expect(Number(records?.Properties.ServiceTimeout)).toBeLessThanOrEqual(300);
  });
});
