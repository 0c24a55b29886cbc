import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, CustomResource, Duration, Fn, Stack, Validations } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import {
  Alias,
  Code,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { versionOf } from '../../../infra/local/intrinsics.ts';
import { type Assembly, readAssembly } from '../../../infra/local/template.ts';

const folder = mkdtempSync(join(tmpdir(), 'template-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => null;');

const runtime = Runtime.NODEJS_24_X;
const handler = 'index.handler';

/** Synthesises an app that `define` fills, and reads what it wrote. */
const synthesised = (name: string, define: (app: App) => void): Assembly => {
  const app = new App({ outdir: join(folder, name), analyticsReporting: false });
  define(app);
  return readAssembly(app.synth().directory);
};

/** A stack with one function whose environment has `VALUE`. */
const resolvedValue = (name: string, value: (stack: Stack) => string): string | undefined => {
  const { functions } = synthesised(name, (app) => {
    const stack = new Stack(app, 'Only');
    // CDK finds the unknown reference too, and would print a warning.
    Validations.of(stack).acknowledge({ id: 'CloudFormation-Validate::F1020', reason: 'It is on purpose.' });
    const code = Code.fromAsset(folder, { exclude: ['*', '!index.js'] });
    new LambdaFunction(stack, 'F', { runtime, handler, code, environment: { VALUE: value(stack) } });
  });
  return functions[0]?.environment.VALUE;
};

describe('an assembly of two stacks', () => {
  let assembly: Assembly;

  beforeAll(() => {
    assembly = synthesised('two-stacks', (app) => {
      const code = Code.fromAsset(folder, { exclude: ['*', '!index.js'] });
      const state = new Stack(app, 'State');
      const table = new Table(state, 'Table', {
        partitionKey: { name: 'pk', type: AttributeType.STRING },
        billingMode: BillingMode.PAY_PER_REQUEST,
      });

      const stack = new Stack(app, 'Api');
      const named = new LambdaFunction(stack, 'Named', {
        functionName: 'orders-update',
        runtime,
        handler,
        code,
        timeout: Duration.seconds(7),
        memorySize: 512,
        logGroup: new LogGroup(stack, 'Logs', { logGroupName: '/orders/update' }),
        environment: {
          TABLE_NAME: table.tableName,
          TABLE_ARN: table.tableArn,
          NAME_IN_ARN: Fn.select(1, Fn.split('/', table.tableArn)),
          REGION: stack.region,
        },
      });
      const alias = new Alias(stack, 'Live', {
        aliasName: 'live',
        version: named.currentVersion as IVersion,
      }) as Alias & IFunction;
      const unnamed = new LambdaFunction(stack, 'Unnamed', { runtime, handler, code });
      const api = new HttpApi(stack, 'Http', {
        corsPreflight: {
          allowOrigins: ['https://app.example.com'],
          allowMethods: [CorsHttpMethod.POST],
          maxAge: Duration.minutes(1),
        },
        defaultIntegration: new HttpLambdaIntegration('Unmatched', unnamed),
      });
      api.addRoutes({
        path: '/orders/update',
        methods: [HttpMethod.POST],
        integration: new HttpLambdaIntegration('Update', alias, { timeout: Duration.seconds(5) }),
      });
      const dead = new Queue(stack, 'Dead');
      const queue = new Queue(stack, 'Queue', {
        queueName: 'due',
        visibilityTimeout: Duration.seconds(90),
        deadLetterQueue: { queue: dead, maxReceiveCount: 4 },
      });
      named.addEnvironment('QUEUE_URL', queue.queueUrl);
      const source = { batchSize: 7, reportBatchItemFailures: true, maxConcurrency: 3 };
      alias.addEventSource(new SqsEventSource(queue, source));
      unnamed.addEventSource(new SqsEventSource(dead));
      const targets = [new LambdaTarget(alias), new LambdaTarget(unnamed)];
      new Rule(stack, 'Often', { schedule: Schedule.rate(Duration.minutes(5)), targets });
      new Rule(stack, 'Never', { schedule: Schedule.rate(Duration.days(1)), targets, enabled: false });
      new CustomResource(stack, 'Records', {
        resourceType: 'Custom::Records',
        serviceToken: alias.functionArn,
        properties: {
          version: alias.version.version,
          sensitive: true,
          routes: [{ limit: 3, table: table.tableName }],
        },
      });
    });
  });

  it('An assembly has the function as its template sets it, values of the other stack in its environment', () => {
    const tableName = assembly.tables[0]?.TableName;
    expect(assembly.functions[0]).toMatchObject({
      name: 'orders-update',
      handler: 'index.handler',
      timeoutSeconds: 7,
      memoryMb: 512,
      logGroup: '/orders/update',
      environment: {
        TABLE_NAME: tableName,
        TABLE_ARN: `arn:aws:dynamodb:us-east-1:000000000000:table/${tableName}`,
        NAME_IN_ARN: tableName,
        REGION: 'us-east-1',
      },
    });
    expect(tableName).toMatch(/^State-Table/);
  });

  it('An assembly has what the function’s role may do, by policies in the template and by others', () => {
    expect(assembly.functions[0]?.role).toMatchObject({
      managedPolicies: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      statements: [
        {
          Effect: 'Allow',
          Action: expect.arrayContaining(['sqs:ReceiveMessage']),
          Resource: 'arn:aws:sqs:us-east-1:000000000000:due',
        },
      ],
    });
  });

  it('An assembly has the folder of a function’s code', () => {
    expect(existsSync(join(assembly.functions[0]?.codePath ?? '', 'index.js'))).toBe(true);
  });

  it('An assembly has Lambda’s own values where a template leaves them out', () => {
    const [, unnamed] = assembly.functions;
    expect(unnamed).toMatchObject({ timeoutSeconds: 3, memoryMb: 128, environment: {} });
    expect(unnamed?.name).toBe(`Api-${unnamed?.logicalId}`);
    expect(unnamed?.logGroup).toBe(`/aws/lambda/${unnamed?.name}`);
  });

  it('An assembly has the routes with the functions behind them', () => {
    expect(assembly.routes).toEqual([
      { routeKey: '$default', function: assembly.functions[1]?.name, timeoutMs: 30_000 },
      { routeKey: 'POST /orders/update', function: 'orders-update', timeoutMs: 5_000 },
    ]);
  });

  it('An assembly has the CORS settings', () => {
    expect(assembly.cors).toEqual({
      AllowCredentials: false,
      AllowHeaders: [],
      AllowMethods: ['POST'],
      AllowOrigins: ['https://app.example.com'],
      ExposeHeaders: [],
      MaxAge: 60,
    });
  });

  it('An assembly has the table as its template declares it', () => {
    expect(assembly.tables[0]).toMatchObject({
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  it('An assembly has the queues, as SQS takes them where the template is silent', () => {
    const [dead, due] = assembly.queues;
    expect(dead).toEqual({
      name: expect.stringMatching(/^Api-Dead/),
      arn: `arn:aws:sqs:us-east-1:000000000000:${dead?.name}`,
      visibilityTimeoutSeconds: 30,
      redrive: undefined,
    });
    expect(due).toEqual({
      name: 'due',
      arn: 'arn:aws:sqs:us-east-1:000000000000:due',
      visibilityTimeoutSeconds: 90,
      redrive: { deadLetterArn: dead?.arn, maxReceiveCount: 4 },
    });
    expect(assembly.functions[0]?.environment.QUEUE_URL).toBe(
      'https://sqs.us-east-1.amazonaws.com/000000000000/due',
    );
  });

  it('An assembly has the functions that get the messages of queues', () => {
    const [dead, due] = assembly.queues;
    expect(assembly.eventSources).toEqual([
      {
        queueArn: due?.arn,
        function: 'orders-update',
        batchSize: 7,
        batchesAtOnce: 3,
        reportsFailures: true,
      },
      {
        queueArn: dead?.arn,
        function: assembly.functions[1]?.name,
        batchSize: 10,
        batchesAtOnce: 5,
        reportsFailures: false,
      },
    ]);
  });

  it('An assembly has the schedules, enabled or not, with the functions that they call', () => {
    const functions = ['orders-update', assembly.functions[1]?.name];
    expect(assembly.schedules).toEqual([
      { name: expect.stringMatching(/^Api-Often/), isEnabled: true, everyMs: 300_000, functions },
      { name: expect.stringMatching(/^Api-Never/), isEnabled: false, everyMs: 86_400_000, functions },
    ]);
  });

  it('An assembly has the custom resource with its properties as text, as CloudFormation sends them', () => {
    expect(assembly.customResources).toMatchObject([
      {
        stack: 'Api',
        type: 'Custom::Records',
        serviceFunction: 'orders-update',
        properties: {
          version: versionOf('orders-update'),
          sensitive: 'true',
          routes: [{ limit: '3', table: assembly.tables[0]?.TableName }],
        },
      },
    ]);
  });
});

/** A gateway in one stack, which tells the API's id, and in another a route of the API that `apiId` gives. */
const routesAcross = (name: string, apiId: (stack: Stack) => string) =>
  synthesised(name, (app) => {
    const gateway = new Stack(app, 'Gateway');
    const api = new HttpApi(gateway, 'Http');
    new StringParameter(gateway, 'ApiId', { parameterName: '/told/api-id', stringValue: api.apiId });
    const service = new Stack(app, 'Service');
    const code = Code.fromAsset(folder, { exclude: ['*', '!index.js'] });
    new HttpRoute(service, 'Route', {
      httpApi: HttpApi.fromHttpApiAttributes(service, 'Http', { httpApiId: apiId(service) }),
      routeKey: HttpRouteKey.with('/orders/update', HttpMethod.POST),
      integration: new HttpLambdaIntegration(
        'Update',
        new LambdaFunction(service, 'F', { functionName: 'update', runtime, handler, code }),
      ),
    });
  }).routes;
const toldBy = (parameter: string) => (stack: Stack) =>
  StringParameter.valueForStringParameter(stack, parameter);

describe('stacks that know one another by names', () => {
  it('A route is of the API whose id another stack tells by a parameter of SSM’s', () => {
    expect(routesAcross('told', toldBy('/told/api-id'))).toMatchObject([
      { routeKey: 'POST /orders/update', function: 'update' },
    ]);
  });

  it('A parameter of SSM’s that no stack has cannot be resolved, and is named', () => {
    expect(() => routesAcross('untold', toldBy('/untold/api-id'))).toThrow('/untold/api-id');
  });

  it('A route of an API that no stack has is named', () => {
    expect(() => routesAcross('foreign', () => 'foreign')).toThrow(
      'The route POST /orders/update is of the API foreign, which no stack has.',
    );
  });
});

describe('what calls functions by itself', () => {
  it('A rule that is no rate cannot run here, and is named', () => {
    const nightly = () =>
      synthesised('nightly', (app) => {
        const stack = new Stack(app, 'Only');
        new Rule(stack, 'Nightly', { schedule: Schedule.cron({ hour: '3', minute: '0' }) });
      });
    expect(nightly).toThrow(/^Only\/Nightly.* cannot run here\.\n.*must be a rate/);
  });
});

/** What stands for a value in the text of Fn::Sub. */
const placeholder = (name: string) => `\${${name}}`;

describe('intrinsic functions', () => {
  it.each<[string, string, (stack: Stack) => string]>([
    ['Fn::Join', 'a/us-east-1', (stack) => Fn.join('/', ['a', stack.region])],
    [
      'Fn::Sub',
      `us-east-1 and ${placeholder('b')}`,
      () => Fn.sub(`${placeholder('AWS::Region')} and ${placeholder('!b')}`),
    ],
    [
      'Fn::Sub with values',
      'x.aws',
      () => Fn.sub(`${placeholder('A')}.${placeholder('AWS::Partition')}`, { A: 'x' }),
    ],
    ['Fn::Select of Fn::Split', 'b', (stack) => Fn.select(1, Fn.split('-', `a-b-${stack.region}`))],
    ['a reference to the stack', 'Only', () => Fn.ref('AWS::StackName')],
  ])('A value in an assembly resolves %s', (name, expected, value) => {
    expect(resolvedValue(name.replaceAll(/\W/g, '-'), value)).toBe(expected);
  });

  it.each<[string, RegExp, (stack: Stack) => string]>([
    ['intrinsic function', /Fn::Base64/, () => Fn.base64('a')],
    ['export', /Fn::ImportValue Elsewhere:/, () => Fn.importValue('Elsewhere')],
    ['reference', /named Nothing/, () => Fn.ref('Nothing')],
    [
      'attribute',
      /Queue\.QueueName/,
      (stack) => new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' }).getAtt('QueueName').toString(),
    ],
  ])('A value with an unknown %s cannot be resolved, and that is named', (name, message, value) => {
    expect(() => resolvedValue(`unknown-${name.replaceAll(' ', '-')}`, value)).toThrow(message);
  });
});

it('A function whose code cannot be found is named', () => {
  const inline = () =>
    synthesised('inline', (app) => {
      const code = Code.fromInline('exports.handler = () => 1');
      new LambdaFunction(new Stack(app, 'Only'), 'F', { runtime, handler, code });
    });
  expect(inline).toThrow(/^Only\/F.* cannot run here\.\n.*must be an asset/);
});
