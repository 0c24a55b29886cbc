import { Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
  type LambdaDeploymentGroupProps,
} from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnAlias } from 'aws-cdk-lib/aws-lambda';
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
  /** Whose functions they are. */
  service: string;
  /**
   * Whether aliases move at once and without CodeDeploy, whatever alarms are on and wherever the aliases are: so that what mends
   * something gets through.
   */
  ignoreAlarms: boolean;
}

/**
 * Shifts calls to the new versions of a service's functions gradually where the stage says so, while CloudFormation waits. If an
 * alarm of a function or of its service goes off meanwhile, be it by the version before, all its calls go back to that, and
 * CloudFormation rolls back the stack. Each service has a role of its own: Lambda lets one ask for 15 changes a second, and a
 * release can shift all functions at once.
 */
export class Rollout extends Construct {
  readonly #ignoreAlarms: boolean;
  readonly #gradual:
    | Pick<LambdaDeploymentGroupProps, 'application' | 'deploymentConfig' | 'role'>
    | undefined;

  constructor(scope: Construct, id: string, { stage, service, ignoreAlarms }: RolloutProps) {
    super(scope, id);
    this.#ignoreAlarms = ignoreAlarms;
    if (stage.rollout === 'at-once') return;
    const policy = 'service-role/AWSCodeDeployRoleForLambdaLimited';
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(policy)],
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
      reason: AWS_OWN_POLICY,
    });
    this.#gradual = {
      application: new LambdaApplication(this, 'Application', {
        applicationName: resourceName(stage, service),
      }),
      deploymentConfig: CONFIGURATIONS[stage.rollout],
      role: role.withoutPolicyUpdates(),
    };
  }

  /** Has new versions of a function take over so, watched by its alarms. */
  shift(handler: BundledFunction, alarms: Alarm[]): void {
    if (this.#gradual === undefined) return;
    new LambdaDeploymentGroup(handler, 'Rollout', {
      ...this.#gradual,
      deploymentGroupName: handler.functionName,
      alias: handler.alias,
      alarms,
    });
    // CloudFormation moves the alias by itself then. CodeDeploy would refuse where it is not at the version that was deployed last.
    if (this.#ignoreAlarms) delete (handler.alias.node.defaultChild as CfnAlias).cfnOptions.updatePolicy;
  }
}
