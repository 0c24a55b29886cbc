import {
  CfnOutput,
  DefaultStackSynthesizer,
  Duration,
  Stack,
  type StackProps,
  Validations,
} from 'aws-cdk-lib';
import {
  type IOidcProvider,
  OidcProviderNative,
  OpenIdConnectPrincipal,
  PolicyDocument,
  PolicyStatement,
  Role,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { shown } from './constructs/bundled-function.ts';
import { resourceName, type Stage } from './stages.ts';

/** The issuer of the tokens by which GitHub's workflows say who they are. */
const ISSUER = 'token.actions.githubusercontent.com';

/** The roles of the bootstrap that a deployment takes on; all else CloudFormation does with a role of its own. */
const BOOTSTRAP_ROLES = ['deploy', 'file-publishing'];

/** Longer than a release that shifts calls for 15 minutes in the gateway's stack, and then in those of the services. */
const LONGEST_DEPLOYMENT = Duration.hours(3);

const ANY_ID =
  'The ARN of a stack ends with an id that CloudFormation makes up. What the role reads are templates, which hold no secret.';

interface DeliveryStackProps extends StackProps {
  stage: Stage;
  /** Whose workflows may deploy, as GitHub has it: `owner/name`. */
  repository: string;
  /** The ARN of GitHub's identity provider, where the account has it already: it can have one only. */
  provider: string | undefined;
}

/**
 * What GitHub's workflows need to deploy a stage without a key that is stored: a role for those of the environment that has the
 * stage's name, and one by which those of pull requests see what would change. It is deployed by hand, once.
 */
export class DeliveryStack extends Stack {
  constructor(scope: Construct, id: string, { stage, repository, provider, ...props }: DeliveryStackProps) {
    super(scope, id, props);
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
      throw new Error(`repository: must be owner/name, as GitHub has it, and is ${repository}.`);
    }
    const github: IOidcProvider =
      provider === undefined
        ? new OidcProviderNative(this, 'GitHub', {
            url: `https://${ISSUER}`,
            clientIds: ['sts.amazonaws.com'],
          })
        : OidcProviderNative.fromOidcProviderArn(this, 'GitHub', provider);

    const roleOf = (name: 'deploy' | 'diff', subject: string, statement: PolicyStatement): Role => {
      const role = new Role(this, name, {
        roleName: resourceName(stage, name),
        maxSessionDuration: LONGEST_DEPLOYMENT,
        assumedBy: new OpenIdConnectPrincipal(github, {
          StringEquals: {
            [`${ISSUER}:aud`]: 'sts.amazonaws.com',
            [`${ISSUER}:sub`]: `repo:${repository}:${subject}`,
          },
        }),
        inlinePolicies: { Access: new PolicyDocument({ statements: [statement] }) },
      });
      new CfnOutput(this, name === 'deploy' ? 'DeployRole' : 'DiffRole', { value: role.roleArn });
      return role;
    };
    roleOf(
      'deploy',
      `environment:${stage.name}`,
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: BOOTSTRAP_ROLES.map((role) =>
          this.formatArn({
            service: 'iam',
            region: '',
            resource: 'role',
            resourceName: `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-${role}-role-${this.account}-${this.region}`,
          }),
        ),
      }),
    );
    // Not the bootstrap's role for looking up: that may read rows of the table, and whoever opens a pull request writes what runs.
    const stacks = this.formatArn({
      service: 'cloudformation',
      resource: 'stack',
      resourceName: resourceName(stage, '*'),
    });
    const diff = roleOf(
      'diff',
      'pull_request',
      new PolicyStatement({
        actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'],
        resources: [stacks],
      }),
    );
    const place = `arn:${shown(this.partition, 'Partition')}:cloudformation:${shown(this.region, 'Region')}`;
    Validations.of(diff).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${place}:${shown(this.account, 'AccountId')}:stack/${resourceName(stage, '*')}]`,
      reason: ANY_ID,
    });
  }
}
