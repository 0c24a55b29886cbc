import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type ILambdaDeploymentConfig,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
  type LambdaDeploymentGroupProps,
} from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CHECK, type RolloutName, resourceName, type Stage } from '../stages.ts';
import { allow, type BundledFunction } from './bundled-function.ts';

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
  /** Whether some of its functions have to pass the check from outside before all is over. */
  isChecked?: boolean;
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
  /** The name of the function that checks a new version once it has all calls. */
  readonly #check: string;

  constructor(
    scope: Construct,
    id: string,
    { stage, service, ignoreAlarms, isChecked = false }: RolloutProps,
  ) {
    super(scope, id);
    this.#ignoreAlarms = ignoreAlarms;
    this.#check = resourceName(stage, CHECK);
    if (stage.rollout === 'at-once') return;
    const policy = 'service-role/AWSCodeDeployRoleForLambdaLimited';
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(policy)],
      ...(isChecked && { inlinePolicies: { Check: this.#callCheck() } }),
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

  /** Has new versions of a function take over so, watched by its alarms and, where it is checked, by the check from outside. */
  shift(handler: BundledFunction, alarms: Alarm[], isChecked = false): void {
    if (this.#gradual === undefined) return;
    new LambdaDeploymentGroup(handler, 'Rollout', {
      ...this.#gradual,
      deploymentGroupName: handler.functionName,
      alias: handler.alias,
      alarms,
    });
    const alias = handler.alias.node.defaultChild as CfnAlias;
    if (this.#ignoreAlarms) {
      // CloudFormation moves the alias by itself then. CodeDeploy would refuse where it is not at the version that was deployed last.
      delete alias.cfnOptions.updatePolicy;
    } else if (isChecked) {
      // By CDK's own way it would add to the policies of both sides, which state already what they allow.
      const hook = 'UpdatePolicy.CodeDeployLambdaAliasUpdate.AfterAllowTrafficHook';
      alias.addOverride(hook, this.#check);
    }
  }

  /** CodeDeploy calls a hook by the name of its function alone, and so the version that was deployed last. */
  #callCheck(): PolicyDocument {
    const arn = Stack.of(this).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: this.#check,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new PolicyDocument({ statements: [allow(['lambda:InvokeFunction'], arn)] });
  }
}
