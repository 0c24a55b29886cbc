import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod, HttpRouteKey, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ACCOUNT_PATHS } from '../functions/documents/account/paths.ts';
import { REFERENCE_PATHS } from '../functions/documents/reference/paths.ts';
import { AccessLog } from './constructs/access-log.ts';
import { ApiDomain } from './constructs/api-domain.ts';
import { BundledFunction } from './constructs/bundled-function.ts';
import { CheckFromOutside } from './constructs/check-from-outside.ts';
import { calledAlarms, rolloutAlarm } from './constructs/function-alarms.ts';
import { OnCall } from './constructs/on-call.ts';
import { publish } from './constructs/published.ts';
import { RecordWriter } from './constructs/record-writer.ts';
import { Rollout } from './constructs/rollout.ts';
import { CALLED_BY_GATEWAY } from './constructs/route-function.ts';
import { StageTable } from './constructs/stage-table.ts';
import { apiIdName, resourceName, type Stage } from './stages.ts';

/** A function of the gateway itself, which has no access to any data. */
interface OwnFunction {
  name: string;
  description: string;
  folder: string;
  /** What its log and its metrics call the route. */
  path: string;
  /** What it is called for, each key by the id of its construct. */
  keys: Record<string, HttpRouteKey>;
  withoutAuthorizer: string;
}

/** The keys by which documents are asked for. */
const documentKeys = (paths: readonly string[]): Record<string, HttpRouteKey> =>
  Object.fromEntries(
    paths.flatMap((path) =>
      ([HttpMethod.GET, HttpMethod.HEAD] as const).map((method) => [
        `${method} ${path}`.replaceAll(/\W+/g, '-'),
        HttpRouteKey.with(path, method),
      ]),
    ),
  );

const OWN_FUNCTIONS: readonly OwnFunction[] = [
  {
    name: 'unmatched',
    description: 'Answers requests that match no route.',
    folder: 'functions/routes/unmatched',
    path: '$default',
    keys: { Route: HttpRouteKey.DEFAULT },
    withoutAuthorizer:
      'It tells every caller that there is no such route, and may read nothing that a token could protect.',
  },
  {
    name: 'console',
    description: 'Serves the page on which employees look after notifications, e-mails and deployments.',
    folder: 'functions/documents/console',
    path: 'console',
    keys: {
      Route: HttpRouteKey.with('/console', HttpMethod.GET),
      HeadRoute: HttpRouteKey.with('/console', HttpMethod.HEAD),
    },
    withoutAuthorizer:
      'It is a page that holds no data and is the same for everybody. What it shows it asks of the API, with the token of the ' +
      'employee who signs in on it.',
  },
  {
    name: 'account',
    description: 'Serves the pages on which people register, become clients and look after their accounts.',
    folder: 'functions/documents/account',
    path: 'account',
    keys: documentKeys(ACCOUNT_PATHS),
    withoutAuthorizer:
      'They are pages that hold no data and are the same for everybody: whoever registers has no token yet. What they show they ' +
      'ask of the API.',
  },
  {
    name: 'reference',
    description: 'Serves the documents about the API for those who program against it.',
    folder: 'functions/documents/reference',
    path: 'reference',
    keys: documentKeys(REFERENCE_PATHS),
    withoutAuthorizer:
      'It serves documents about the API, which hold no data and are the same for everybody: whoever is about to program against ' +
      'it has no token yet.',
  },
];

interface GatewayStackProps extends StackProps {
  stage: Stage;
  /** Whether a new version is to get through though alarms are on. */
  ignoreAlarms: boolean;
}

/**
 * What all services share and can be built again from the code: the API with its address, its own functions, and the function
 * by which each stack puts on record what it has deployed. Its name, and the ids of what has a fixed name or the address, are those
 * of the stack that release 0.2 had for all: that becomes this one, and keeps them.
 */
export class GatewayStack extends Stack {
  constructor(scope: Construct, id: string, { stage, ignoreAlarms, ...props }: GatewayStackProps) {
    super(scope, id, props);
    const service = 'gateway';
    const onCall = new OnCall(this, 'OnCall', stage);
    const rollout = new Rollout(this, 'Rollout', { stage, service, ignoreAlarms });
    const log = new AccessLog(this, 'AccessLog', stage);
    if (stage.alarmAddresses.length > 0) log.watch(onCall);
    const domain = stage.domain && new ApiDomain(this, 'Domain', stage.domain);

    const api = new HttpApi(this, 'Api', {
      apiName: resourceName(stage, 'api'),
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: stage.corsOrigins,
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
        allowHeaders: ['authorization', 'content-type', 'idempotency-key'],
        exposeHeaders: ['x-request-id', 'retry-after', 'idempotent-replayed'],
        maxAge: Duration.hours(2),
      },
    });
    new HttpStage(this, 'Live', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
      accessLogSettings: log.settings,
      ...(domain && { domainMapping: { domainName: domain.name } }),
    });
    new StringParameter(this, 'ApiId', { parameterName: apiIdName(stage), stringValue: api.apiId });

    const own = OWN_FUNCTIONS.map(({ name, path, keys, withoutAuthorizer, ...rest }) => {
      const handler = new BundledFunction(this, name, {
        stage,
        name,
        ...rest,
        log: service,
        environment: {},
        access: [],
        withoutDeadLetterQueue: CALLED_BY_GATEWAY,
      });
      publish(api, handler, withoutAuthorizer, keys);
      return { handler, path };
    });
    const handlers = own.map(({ handler }) => handler);
    const ofGateway = calledAlarms(onCall, this, { stage, service, handlers });
    for (const { handler, path } of own) {
      rollout.shift(handler, [...rolloutAlarm(onCall, stage, handler, { service, path }), ...ofGateway]);
    }
    const table = new StageTable(this, stage);
    const records = new Construct(this, 'DeploymentRecords');
    new RecordWriter(records, 'Writer', { stage, table });

    const apiUrl = domain?.url ?? api.apiEndpoint;
    new CheckFromOutside(this, 'Check', { stage, onCall, table, apiUrl });
    new CfnOutput(this, 'ApiUrl', { value: apiUrl });
  }
}
