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
  /** Whether alarms are to stop nothing, and all calls go over at once: so that what mends something gets through. */
  ignoreAlarms: boolean;
}

/**
 * Shifts calls to the new versions of a service's functions gradually where the stage says so, while CloudFormation waits. If the
 * alarm of a new version goes off meanwhile, or that of its service's latency, all its calls go back to the version before, and
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
      // What mends things is not to answer one call in ten while the others go on failing.
      deploymentConfig: ignoreAlarms ? LambdaDeploymentConfig.ALL_AT_ONCE : CONFIGURATIONS[stage.rollout],
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
      ignoreAlarmConfiguration: this.#ignoreAlarms,
    });
  }
}
