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
import { clientConfigOf, opsCommand, stageOf, type Target } from '../target.ts';
import { type Check, deployCommand, ok, wrong } from './check.ts';

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

const stackCheck = (suffix: string): Check => ({
  name: `${suffix} stack`,
  needs: ['bootstrap'],
  onlyOnAws: true,
  look: async (target) => {
    const status = (await describe(target, suffix))?.StackStatus;
    if (status === undefined) return wrong('It is not deployed.', deployCommand(target));
    if (status.endsWith('_IN_PROGRESS')) {
      return wrong(`It is being changed (${status}): wait until it is done.`, opsCommand(target, 'doctor'));
    }
    return /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)
      ? ok(status)
      : wrong(`Its last deployment failed (${status}).`, deployCommand(target));
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
