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
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { BASE_PATH } from '../functions/contract/define-route.ts';
import { catalogue } from '../functions/routes/catalogue.ts';
import { accessLog } from './constructs/access-log.ts';
import { BundledFunction } from './constructs/bundled-function.ts';
import { buildConsolePage } from './constructs/console-page.ts';
import { DeploymentRecords } from './constructs/deployment-records.ts';
import { EmailRetry } from './constructs/email-retry.ts';
import { Paging } from './constructs/paging.ts';
import { CALLED_BY_GATEWAY, RouteFunction } from './constructs/route-function.ts';
import { resourceName, type Stage, tableName } from './stages.ts';

const CHECKS_TOKENS =
  "The function checks the caller's token itself, an application's or a session's, before the action: the contract gives " +
  'each way in which it can fail an answer of its own, after checks of what is deployed and how the request is encoded. ' +
  'An authorizer of the gateway would answer first, with a bare 401 or 403.';
const SAME_FOR_ALL =
  'It is a page that holds no data and is the same for everybody. What it shows it asks of the API, with the token of the ' +
  'employee who signs in on it.';
const KNOWS_NOTHING =
  'It tells every caller that there is no such route, and may read nothing that a token could protect.';

interface ApiStackProps extends StackProps {
  stage: Stage;
  /** What the deployment records say is deployed. */
  release: string;
}

/** What can be built again from the code at any time: the gateway and, per route of the catalogue, its function. */
export class ApiStack extends Stack {
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, { stage, release, ...props }: ApiStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.protectState });
    // By name, so that a table restored from a backup can take the place of the one that the other stack made.
    const table = Table.fromTableName(this, 'Table', tableName(stage));

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
      accessLogSettings: accessLog(this, stage),
    });

    const routes = catalogue.map((route) => {
      const id = route.path.replaceAll('/', '-');
      const handler = new RouteFunction(this, id, { stage, route, table });
      this.publish(handler, CHECKS_TOKENS, {
        Route: HttpRouteKey.with(`${BASE_PATH}/${route.path}`, HttpMethod[route.method]),
      });
      return handler;
    });
    const unmatched = new BundledFunction(this, 'unmatched', {
      stage,
      name: 'unmatched',
      description: 'Answers requests that match no route.',
      folder: 'functions/unmatched',
      environment: {},
      access: [],
      withoutDeadLetterQueue: CALLED_BY_GATEWAY,
    });
    this.publish(unmatched, KNOWS_NOTHING, { Route: HttpRouteKey.DEFAULT });
    const consolePage = new BundledFunction(this, 'console', {
      stage,
      name: 'console',
      description: 'Serves the page on which employees look after notifications, e-mails and deployments.',
      folder: 'functions/console',
      constants: () => ({ CONSOLE_PAGE: buildConsolePage() }),
      environment: {},
      access: [],
      withoutDeadLetterQueue: CALLED_BY_GATEWAY,
    });
    this.publish(consolePage, SAME_FOR_ALL, {
      Route: HttpRouteKey.with('/console', HttpMethod.GET),
      HeadRoute: HttpRouteKey.with('/console', HttpMethod.HEAD),
    });

    const emailRetry = new EmailRetry(this, 'EmailRetry', { stage, table });

    const paging = new Paging(this, 'Paging', { stage, table });

    new DeploymentRecords(this, 'DeploymentRecords', {
      stage,
      table,
      release,
      routes: catalogue,
      live: [live, unmatched, consolePage, emailRetry, paging, ...routes],
    });
    new CfnOutput(this, 'ApiUrl', { value: this.api.apiEndpoint });
    new CfnOutput(this, 'TableName', { value: table.tableName });
    new CfnOutput(this, 'PageTopicArn', { value: paging.topic.topicArn });
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
    const integration = new HttpLambdaIntegration('Integration', handler.function);
    for (const [id, routeKey] of Object.entries(keys)) {
      const route = new HttpRoute(handler, id, { httpApi: this.api, routeKey, integration });
      Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: withoutAuthorizer });
    }
  }
}
