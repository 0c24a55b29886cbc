import { CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { BASE_PATH, type Route } from '../functions/contract/define-route.ts';
import { REFERENCE_PATHS } from '../functions/documents/reference/paths.ts';
import type { FormerRelease } from '../functions/pipeline/former-grants.ts';
import { AccessLog } from './constructs/access-log.ts';
import { Alerting } from './constructs/alerting.ts';
import { ApiDomain } from './constructs/api-domain.ts';
import { BundledFunction } from './constructs/bundled-function.ts';
import { DeploymentRecords } from './constructs/deployment-records.ts';
import { EmailRetry } from './constructs/email-retry.ts';
import { routeAlarms, scheduleAlarms, sendAlarms } from './constructs/function-alarms.ts';
import { OnCall } from './constructs/on-call.ts';
import { Rollout } from './constructs/rollout.ts';
import { CALLED_BY_GATEWAY, RouteFunction } from './constructs/route-function.ts';
import { SavedQueries } from './constructs/saved-queries.ts';
import { ServiceDashboard } from './constructs/service-dashboard.ts';
import { namesOf, serviceLogs } from './constructs/service-logs.ts';
import { StageTable } from './constructs/stage-table.ts';
import { watchTable } from './constructs/table-alarm.ts';
import { resourceName, type Stage } from './stages.ts';

const CHECKS_TOKENS =
  "The function checks the caller's token itself, an application's or a session's, before the action: the contract gives " +
  'each way in which it can fail an answer of its own, after checks of what is deployed and how the request is encoded. ' +
  'An authorizer of the gateway would answer first, with a bare 401 or 403.';
const SAME_FOR_ALL =
  'It is a page that holds no data and is the same for everybody. What it shows it asks of the API, with the token of the ' +
  'employee who signs in on it.';
const FOR_STRANGERS =
  'It serves documents about the API, which hold no data and are the same for everybody: whoever is about to program against ' +
  'it has no token yet.';
const KNOWS_NOTHING =
  'It tells every caller that there is no such route, and may read nothing that a token could protect.';

/** What clients notice when a function does not run that is called every minute. */
const NOTICES = {
  findDue: 'E-mails that were not sent with their request are not looked for. They come late.',
  alerting: 'Clients notice nothing, but nobody is told of the notifications that open.',
};

interface ApiStackProps extends StackProps {
  stage: Stage;
  routes: readonly Route[];
  /** What the deployment records say is deployed. */
  release: string;
  /** Whether a new version is to get through though alarms are on. */
  ignoreAlarms: boolean;
  /** The release that is there, if its functions may have to answer beside the new ones and did more to the table. */
  beside?: FormerRelease | undefined;
}

/** What can be built again from the code at any time: the gateway and, per route of the catalogue, its function. */
export class ApiStack extends Stack {
  private readonly api: HttpApi;

  constructor(
    scope: Construct,
    id: string,
    { stage, routes, release, ignoreAlarms, beside, ...props }: ApiStackProps,
  ) {
    super(scope, id, { ...props, terminationProtection: stage.protectState });
    const table = new StageTable(this, stage);

    const onCall = new OnCall(this, 'OnCall', stage);
    const rollout = new Rollout(this, 'Rollout', { stage, ignoreAlarms });
    const log = new AccessLog(this, 'AccessLog', stage);
    const logs = serviceLogs(this, stage);
    const domain = stage.domain && new ApiDomain(this, 'Domain', stage.domain);

    this.api = new HttpApi(this, 'Api', {
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
    const live = new HttpStage(this, 'Live', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
      accessLogSettings: log.settings,
      ...(domain && { domainMapping: { domainName: domain.name } }),
    });

    const records = new DeploymentRecords(this, 'DeploymentRecords', { stage, logs, table, release });
    for (const route of routes) {
      const id = route.path.replaceAll('/', '-');
      const handler = new RouteFunction(this, id, { stage, logs, route, table, beside });
      this.publish(handler, CHECKS_TOKENS, {
        Route: HttpRouteKey.with(`${BASE_PATH}/${route.path}`, HttpMethod[route.method]),
      });
      rollout.shift(handler, route.service, routeAlarms(onCall, stage, handler, route));
      records.route(route, handler.alias, [handler, live]);
    }
    for (const service of new Set(routes.map((route) => route.service))) records.service(service, [live]);

    const unmatched = new BundledFunction(this, 'unmatched', {
      stage,
      name: 'unmatched',
      description: 'Answers requests that match no route.',
      logGroup: logs.gateway,
      folder: 'functions/routes/unmatched',
      environment: {},
      access: [],
      withoutDeadLetterQueue: CALLED_BY_GATEWAY,
    });
    this.publish(unmatched, KNOWS_NOTHING, { Route: HttpRouteKey.DEFAULT });
    const consoleDocument = new BundledFunction(this, 'console', {
      stage,
      name: 'console',
      logGroup: logs.gateway,
      description: 'Serves the page on which employees look after notifications, e-mails and deployments.',
      folder: 'functions/documents/console',
      environment: {},
      access: [],
      withoutDeadLetterQueue: CALLED_BY_GATEWAY,
    });
    this.publish(consoleDocument, SAME_FOR_ALL, {
      Route: HttpRouteKey.with('/console', HttpMethod.GET),
      HeadRoute: HttpRouteKey.with('/console', HttpMethod.HEAD),
    });
    const reference = new BundledFunction(this, 'reference', {
      stage,
      name: 'reference',
      logGroup: logs.gateway,
      description: 'Serves the documents about the API for those who program against it.',
      folder: 'functions/documents/reference',
      environment: {},
      access: [],
      withoutDeadLetterQueue: CALLED_BY_GATEWAY,
    });
    this.publish(
      reference,
      FOR_STRANGERS,
      Object.fromEntries(
        REFERENCE_PATHS.flatMap((path) =>
          ([HttpMethod.GET, HttpMethod.HEAD] as const).map((method) => [
            `${method} ${path}`.replaceAll(/\W+/g, '-'),
            HttpRouteKey.with(path, method),
          ]),
        ),
      ),
    );

    const { findDue, send } = new EmailRetry(this, 'EmailRetry', { stage, logs, onCall, table });
    const alerting = new Alerting(this, 'Alerting', { stage, logs, table, topic: onCall.topic });

    for (const [handler, path] of [
      [unmatched, '$default'],
      [consoleDocument, 'console'],
      [reference, 'reference'],
    ] as const) {
      const alarms = routeAlarms(onCall, stage, handler, { service: 'gateway', path });
      rollout.shift(handler, 'gateway', alarms);
    }
    rollout.shift(send, 'emails', sendAlarms(onCall, stage, send));
    rollout.shift(findDue, 'emails', scheduleAlarms(onCall, findDue, NOTICES.findDue));
    rollout.shift(alerting, 'operations', scheduleAlarms(onCall, alerting, NOTICES.alerting));
    if (stage.alarmAddresses.length > 0) {
      log.watch(onCall);
      watchTable(onCall, this, table.used);
      new ServiceDashboard(this, 'Services', { stage, logGroupNames: namesOf(logs) });
    }
    new SavedQueries(this, 'Queries', resourceName(stage, 'api'), [...namesOf(logs), log.group.logGroupName]);

    new CfnOutput(this, 'ApiUrl', { value: domain?.url ?? this.api.apiEndpoint });
    new CfnOutput(this, 'TableName', { value: table.name });
    new CfnOutput(this, 'AlertTopicArn', { value: onCall.topic.topicArn });
  }

  /**
   * Has the gateway pass requests of those keys, each by its construct's id, to the function; `withoutAuthorizer` tells
   * auditors why it lets all in.
   */
  private publish(
    handler: BundledFunction,
    withoutAuthorizer: string,
    keys: Record<string, HttpRouteKey>,
  ): void {
    const integration = new HttpLambdaIntegration('Integration', handler.alias);
    for (const [id, routeKey] of Object.entries(keys)) {
      const route = new HttpRoute(handler, id, { httpApi: this.api, routeKey, integration });
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: withoutAuthorizer });
    }
  }
}
