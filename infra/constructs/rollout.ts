import { Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type RolloutName, resourceName, type Stage } from '../stages.ts';
import type { BundledFunction } from './bundled-function.ts';

const CONFIGURATIONS: Record<Exclude<RolloutName, 'at-once'>, ILambdaDeploymentConfig> = {
  'canary-5-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  'canary-15-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_15MINUTES,
};

const AWS_OWN_POLICY =
  'AWS keeps this policy for exactly this use: it lets CodeDeploy move the aliases of functions and look at alarms.';

interface RolloutProps {
  stage: Stage;
  /** Whether alarms are to stop nothing, and all calls go over at once: so that what mends something gets through. */
  ignoreAlarms: boolean;
}

/**
 * Shifts calls to the new version of a function gradually where the stage says so, while CloudFormation waits. If one of the
 * function's alarms goes off meanwhile, be it by the version before, all calls go back to that, and CloudFormation rolls back
 * the stack.
 */
export class Rollout extends Construct {
  readonly #ignoreAlarms: boolean;
  readonly #gradual:
    | { application: LambdaApplication; deploymentConfig: ILambdaDeploymentConfig }
    | undefined;
  readonly #roles = new Map<string, Role>();

  constructor(scope: Construct, id: string, { stage, ignoreAlarms }: RolloutProps) {
    super(scope, id);
    this.#ignoreAlarms = ignoreAlarms;
    if (stage.rollout === 'at-once') return;
    const applicationName = resourceName(stage, 'functions');
    this.#gradual = {
      application: new LambdaApplication(this, 'Application', { applicationName }),
      // What mends things is not to answer one call in ten while the others go on failing.
      deploymentConfig: ignoreAlarms ? LambdaDeploymentConfig.ALL_AT_ONCE : CONFIGURATIONS[stage.rollout],
    };
  }

  /** Has new versions of a function of a service take over so, watched by its alarms. */
  shift(handler: BundledFunction, service: string, alarms: Alarm[]): void {
    if (this.#gradual === undefined) return;
    new LambdaDeploymentGroup(handler, 'Rollout', {
      ...this.#gradual,
      role: this.#roleOf(service).withoutPolicyUpdates(),
      deploymentGroupName: handler.functionName,
      alias: handler.alias,
      alarms,
      ignoreAlarmConfiguration: this.#ignoreAlarms,
    });
  }

  /** A role for each service: Lambda lets one ask for 15 changes a second, and a release can shift all functions at once. */
  #roleOf(service: string): Role {
    const known = this.#roles.get(service);
    if (known !== undefined) return known;
    const policy = 'service-role/AWSCodeDeployRoleForLambdaLimited';
    const role = new Role(this, `${service}-role`, {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(policy)],
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
      reason: AWS_OWN_POLICY,
    });
    this.#roles.set(service, role);
    return role;
  }
}
