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
import { type Rollout as RolloutName, resourceName, type Stage } from '../stages.ts';
import type { BundledFunction } from './bundled-function.ts';

const CONFIGURATIONS: Record<Exclude<RolloutName, 'at-once'>, ILambdaDeploymentConfig> = {
  'canary-5-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  'canary-15-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_15MINUTES,
};

const AWS_OWN_POLICY =
  'AWS keeps this policy for exactly this use: it lets CodeDeploy move the aliases of functions and look at alarms.';

interface RolloutProps {
  stage: Stage;
  /** Whether alarms that are on already are to stop nothing: a deployment that mends what set them off has to get through. */
  ignoreAlarms: boolean;
}

/**
 * Shifts calls to the new version of a function gradually where the stage says so, while CloudFormation waits. If one of the
 * function's alarms goes off meanwhile, all calls go back to the version before, and CloudFormation rolls back the stack.
 */
export class Rollout extends Construct {
  readonly #props: RolloutProps;
  readonly #shared:
    | { application: LambdaApplication; role: Role; config: ILambdaDeploymentConfig }
    | undefined;

  constructor(scope: Construct, id: string, props: RolloutProps) {
    super(scope, id);
    this.#props = props;
    const { stage } = props;
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
    this.#shared = {
      application: new LambdaApplication(this, 'Application', {
        applicationName: resourceName(stage, 'functions'),
      }),
      role,
      config: CONFIGURATIONS[stage.rollout],
    };
  }

  /** Has new versions of a function take over so, watched by its alarms. */
  shift(handler: BundledFunction, alarms: Alarm[]): void {
    if (this.#shared === undefined) return;
    const { application, role, config } = this.#shared;
    new LambdaDeploymentGroup(handler, 'Rollout', {
      application,
      role: role.withoutPolicyUpdates(),
      deploymentGroupName: handler.functionName,
      deploymentConfig: config,
      alias: handler.alias,
      alarms,
      ignoreAlarmConfiguration: this.#props.ignoreAlarms,
    });
  }
}
