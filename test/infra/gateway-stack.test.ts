import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ACCOUNT_PATHS } from '../../functions/documents/account/paths.ts';
import { REFERENCE_PATHS } from '../../functions/documents/reference/paths.ts';
import { environmentSchema } from '../../functions/table/environment.ts';
import { appOf } from './app-with.ts';
import {
  arnOf,
  everyFunction,
  functionBehind,
  functionNamed,
  grantsOf,
  observability,
  onTable,
  templateOf,
} from './template.ts';

const template = templateOf(appOf('dev'), 'Gateway');

describe('the gateway', () => {
  it('The gateway has documents and a route for all else, with a function each', () => {
    const keys = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties.RouteKey,
    );
    const keysOf = (paths: readonly string[]) => paths.flatMap((path) => [`GET ${path}`, `HEAD ${path}`]);
    const console = keysOf(['/console']);
    const account = keysOf(ACCOUNT_PATHS);
    const reference = keysOf(REFERENCE_PATHS);
    expect(keys.toSorted()).toEqual([...console, ...account, ...reference, '$default'].toSorted());
    const behind = (key: string) => functionBehind(template, key);
    expect(behind('$default')).toBe('plano-orders-dev-unmatched');
    expect(console.map(behind)).toEqual(console.map(() => 'plano-orders-dev-console'));
    expect(account.map(behind)).toEqual(account.map(() => 'plano-orders-dev-account'));
    expect(reference.map(behind)).toEqual(reference.map(() => 'plano-orders-dev-reference'));
  });

  it.each(['console', 'account', 'reference', 'unmatched'])(
    'The gateway gives the function %s no access to any data',
    (name) => {
      const found = functionNamed(template, `plano-orders-dev-${name}`);
      expect(found.logGroup).toBe('/plano-orders/dev/gateway');
      expect(grantsOf(template, found)).toEqual(observability(found));
      expect(z.strictObject(everyFunction).parse(found.environment)).toBeDefined();
    },
  );

  it('The gateway limits the rate of requests', () => {
    template.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
    });
  });

  it('The gateway logs each request in JSON, with nothing personal and no token', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    const settings = stage?.Properties.AccessLogSettings;
    const format = JSON.parse(settings.Format);
    expect(format).toMatchObject({ request_id: '$context.requestId', route: '$context.routeKey' });
    expect(Object.values(format).join()).not.toMatch(/identity|authorizer|path|query|header|domain/i);
    expect(settings.DestinationArn).toEqual(
      arnOf('logs', 'log-group:/aws/vendedlogs/plano-orders-dev-access:*'),
    );
  });

  it('The gateway lets documents of the stage’s origins call it', () => {
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

  it('The gateway tells people where it is, and other stacks which API it is', () => {
    template.hasOutput('ApiUrl', { Value: { 'Fn::GetAtt': [Match.anyValue(), 'ApiEndpoint'] } });
    const [api] = Object.keys(template.findResources('AWS::ApiGatewayV2::Api'));
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/plano-orders/dev/api-id',
      Type: 'String',
      Value: { Ref: api },
    });
  });
});

it('The gateway takes over from release 0.2 what has a fixed name or the address, by the ids that it had there', () => {
  const { Resources } = template.toJSON();
  expect(Resources).toMatchObject({
    ApiF70053CD: { Type: 'AWS::ApiGatewayV2::Api' },
    Live848578DF: { Type: 'AWS::ApiGatewayV2::Stage' },
    unmatchedFunctionFD986428: { Properties: { FunctionName: 'plano-orders-dev-unmatched' } },
    consoleFunction903044CE: { Properties: { FunctionName: 'plano-orders-dev-console' } },
    DeploymentRecordsWriterFunction32888FBC: {
      Properties: { FunctionName: 'plano-orders-dev-deployment-records' },
    },
  });
});

describe('the deployment records', () => {
  it('The deployment records are written by a function that may do that and nothing else', () => {
    const writer = functionNamed(template, 'plano-orders-dev-deployment-records');
    expect(
      z.strictObject({ ...everyFunction, ...environmentSchema.shape }).parse(writer.environment),
    ).toBeDefined();
    expect(writer.logGroup).toBe('/plano-orders/dev/deployment');
    expect(grantsOf(template, writer)).toEqual({
      ...observability(writer),
      ...onTable(['Query'], ['DEPLOYMENT']),
      ...onTable(['DeleteItem', 'PutItem', 'UpdateItem'], ['DEPLOYMENT']),
      // Of versions alone, and no function.
      'lambda:DeleteFunction': arnOf('lambda', 'function:plano-orders-dev-*:*'),
    });
  });
});
