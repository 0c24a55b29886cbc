import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { SSMClient } from '@aws-sdk/client-ssm';
import { SERVICES } from '../../functions/contract/define-route.ts';
import { readParameter } from '../../functions/outbox/channels/email/secret.ts';
import { resourceName } from '../../infra/stages.ts';
import { awsAccountOf, NoAccess } from '../aws-account.ts';
import { awsCommand, clientConfigOf, opsCommand, stageOf, type Target } from '../target.ts';
import { type Check, deployCommand, type Finding, ok, wrong } from './check.ts';
import { describeTable } from './table.ts';

export const credentials: Check = {
  name: 'credentials',
  needs: [],
  onlyOnAws: true,
  look: async (target) => {
    try {
      const { account, region } = await awsAccountOf(target);
      return ok(`account ${account}, region ${region}`);
    } catch (error) {
      if (!(error instanceof NoAccess)) throw error;
      return wrong(error.text, error.type);
    }
  },
};

/** What CDK's stack synthesizer demands of an account and region. */
export const BOOTSTRAP_VERSION = 6;

export const bootstrap: Check = {
  name: 'bootstrap',
  needs: ['credentials'],
  onlyOnAws: true,
  look: async (target) => {
    const version = await readParameter(new SSMClient(target.ssm), '/cdk-bootstrap/hnb659fds/version');
    const command = `npx cdk bootstrap -c stage=${stageOf(target).name}`;
    if (version === undefined) return wrong('The account is not prepared for CDK in this region.', command);
    return Number(version) < BOOTSTRAP_VERSION
      ? wrong(`It is of version ${version}, and CDK needs ${BOOTSTRAP_VERSION}.`, command)
      : ok(`version ${version}`);
  },
};

const describe = async (target: Target, suffix: string): Promise<Stack | undefined> => {
  const command = new DescribeStacksCommand({ StackName: resourceName(stageOf(target), suffix) });
  try {
    return (await new CloudFormationClient(clientConfigOf(target)).send(command)).Stacks?.[0];
  } catch (error) {
    // What CloudFormation says of a stack that is not there.
    if (error instanceof CloudFormationServiceException && error.name === 'ValidationError') return undefined;
    throw error;
  }
};

/** In these CloudFormation updates a stack no more: it has to be deleted before it can be deployed. */
const DEAD = /^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|DELETE_FAILED)$/;

/** What would not be deleted, by logical id, of a stack whose deletion failed: only then may it be left behind. */
const resisting = ({ StackStatus, StackStatusReason = '' }: Stack): string =>
  (StackStatus === 'DELETE_FAILED' && /\[([\w, ]+)\]/.exec(StackStatusReason)?.[1]?.replaceAll(',', '')) ||
  '';

/** The commands by which a stack goes that nothing else can be done with. What has data in it stays without a stack. */
const deletion = (target: Target, stack: Stack): string => {
  const named = `--stack-name ${stack.StackName}`;
  const kept = resisting(stack);
  return [
    ...(stack.EnableTerminationProtection
      ? [`cloudformation update-termination-protection --no-enable-termination-protection ${named}`]
      : []),
    `cloudformation delete-stack ${named}${kept && ` --retain-resources ${kept}`}`,
  ]
    .map((words) => awsCommand(target, words))
    .join(' && ');
};

/** What a stack that is not there needs; the table may have outlived it. */
const absence = async (target: Target, suffix: string): Promise<Finding> =>
  suffix === 'state' && (await describeTable(target)) !== undefined
    ? wrong(
        `It is not deployed, but the table ${target.tableName} is there, which an earlier one has left.`,
        `${deployCommand(target)} --import-existing-resources`,
      )
    : wrong('It is not deployed.', deployCommand(target));

const stackCheck = (suffix: string): Check => ({
  name: `${suffix} stack`,
  needs: ['bootstrap'],
  onlyOnAws: true,
  look: async (target) => {
    const stack = await describe(target, suffix);
    const status = stack?.StackStatus;
    if (stack === undefined || status === undefined) return absence(target, suffix);
    if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok(status);
    const named = `(${status})`;
    if (status === 'REVIEW_IN_PROGRESS') {
      return wrong(`Its first deployment was prepared and never begun ${named}.`, deployCommand(target));
    }
    if (status.endsWith('_IN_PROGRESS')) {
      return wrong(`It is being changed ${named}: wait until it is done.`, opsCommand(target, 'doctor'));
    }
    if (DEAD.test(status)) {
      return wrong(`It can only be deleted, and then deployed anew ${named}.`, deletion(target, stack));
    }
    return status === 'UPDATE_ROLLBACK_FAILED'
      ? wrong(
          `Its last deployment failed, and could not be taken back ${named}.`,
          awsCommand(target, `cloudformation continue-update-rollback --stack-name ${stack.StackName}`),
        )
      : wrong(`Its last deployment failed ${named}.`, deployCommand(target));
  },
});

/** In the order in which they are deployed. */
export const stacks = ['state', 'api', ...SERVICES].map(stackCheck);

/**
 * An output of a stack of the stage.
 *
 * @throws Error if the stack has none of that name
 */
export const outputOf = async (target: Target, stack: 'state' | 'api', name: string): Promise<string> => {
  const output = (await describe(target, stack))?.Outputs?.find(({ OutputKey }) => OutputKey === name);
  if (output?.OutputValue === undefined) throw new Error(`the stack has no output ${name}`);
  return output.OutputValue;
};
