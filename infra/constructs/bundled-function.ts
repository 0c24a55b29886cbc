import { Duration, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { LinkEnvironment } from '../../functions/accounts/environment.ts';
import type { PasswordEnvironment } from '../../functions/accounts/password-cost.ts';
import type { CheckEnvironment } from '../../functions/jobs/check-from-outside/environment.ts';
import type { AlertEnvironment } from '../../functions/notifications/environment.ts';
import type { EmailEnvironmentText, QueueEnvironment } from '../../functions/outbox/environment.ts';
import type { Environment } from '../../functions/table/environment.ts';
import { LIVE, logGroupName, metricsNamespace, resourceName, type Stage } from '../stages.ts';
import { bundled } from './bundle.ts';
import type { Writer } from './service-logs.ts';

/** Allows actions on exact resources. */
export const allow = (actions: string[], resources: string | string[]): PolicyStatement =>
  new PolicyStatement({ actions, resources: [resources].flat() });

export interface BundledFunctionProps {
  stage: Stage;
  /** The function's name after the stage's, such as `orders-update`. */
  name: string;
  description: string;
  /** In which log group it writes: with others of its service, so that one look shows what the service does. */
  log: Writer;
  /** The folder whose `handler.ts` exports `handler`, from the project's root. */
  folder: string;
  environment:
    | (Environment &
        Partial<
          CheckEnvironment &
            EmailEnvironmentText &
            LinkEnvironment &
            PasswordEnvironment &
            QueueEnvironment &
            AlertEnvironment
        >)
    | Record<string, never>;
  /** What the function may do besides writing its log. */
  access: PolicyStatement[];
  /** So many calls at once are kept for it, and it gets no more; without it, it shares what the account has. */
  reservedConcurrency?: number | undefined;
  /** Why a dead letter queue would catch nothing, for auditors. */
  withoutDeadLetterQueue: string;
}

const UNTRACED =
  'A request is one call of one function, whose log has its time, its cold start and its faults. A trace would repeat them, at ' +
  'five times the price of the call: at few requests a second Lambda traces nearly all, and its sampling cannot be set.';

const STREAMS =
  'A function names the streams into which it writes as it runs. They are of the log group of its own service alone.';

/** As cdk-nag writes it: what is known only when it is deployed, by its pseudo parameter. */
export const shown = (value: string, pseudo: string): string =>
  Token.isUnresolved(value) ? `<AWS::${pseudo}>` : value;

/** By which cdk-nag is told that some resources of a service may be named by a pattern, which follows in the ARN. */
export const wildcard = (scope: Construct, service: string, resources: string): string => {
  const { partition, region, account } = Stack.of(scope);
  const arn = `arn:${shown(partition, 'Partition')}:${service}:${shown(region, 'Region')}:${shown(account, 'AccountId')}`;
  return `AwsSolutions-IAM5[Resource::${arn}:${resources}]`;
};

/** Half of what the gateway waits, so that a function out of time answers for itself. */
export const TIME_LIMIT = Duration.seconds(15);

/**
 * A function in a lean file, with a role that allows exactly what it uses. It is called by its alias, which points to a
 * version that does not change any more: a deployment publishes another, and moves the alias there.
 */
export class BundledFunction extends Construct {
  readonly alias: Alias & IFunction;
  /** Its name on AWS, and that after the stage's. */
  readonly functionName: string;
  readonly shortName: string;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const { stage, name, log } = props;
    this.shortName = name;
    this.functionName = resourceName(stage, name);

    const logGroup = LogGroup.fromLogGroupName(this, 'Log', logGroupName(stage, log));
    const writeLog = allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      // In the role itself: a policy apart would be a resource more of each route.
      inlinePolicies: { Access: new PolicyDocument({ statements: [writeLog, ...props.access] }) },
    });
    Validations.of(role).acknowledge({
      id: wildcard(this, 'logs', `log-group:${logGroup.logGroupName}:*`),
      reason: STREAMS,
    });

    const lambda = new LambdaFunction(this, 'Function', {
      functionName: this.functionName,
      description: props.description,
      code: bundled(this, props),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // CPU comes with memory (about 0.6 of a core here), and a cold start is CPU; in use are some 100 MB.
      memorySize: 1024,
      timeout: TIME_LIMIT,
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      // By its ARN alone: an event source would add permissions that are stated already.
      role: Role.fromRoleArn(this, 'OwnRole', role.roleArn, { mutable: false }),
      logGroup,
      // A version stays when another takes its place, so that calls can go back to it. One of a deployment that fails goes.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
      environment: { METRICS_NAMESPACE: metricsNamespace(stage), ...props.environment },
    });
    Validations.of(lambda).acknowledge(
      { id: 'Serverless-LambdaDLQ', reason: props.withoutDeadLetterQueue },
      { id: 'Serverless-LambdaTracing', reason: UNTRACED },
    );
    // CDK's own classes are no instances of its interfaces to a compiler that tells `undefined` from absent.
    const version = lambda.currentVersion as IVersion;
    this.alias = new Alias(this, 'Live', { aliasName: LIVE, version }) as Alias & IFunction;
  }
}
