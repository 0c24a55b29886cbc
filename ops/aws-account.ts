import type { GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import { clientConfigOf, OpsError, stageOf, type Target } from './target.ts';

/** Why a stage cannot be reached, and the command to type. */
export class NoAccess extends OpsError {
  readonly text: string;
  readonly type: string;

  constructor(text: string, type: string) {
    super(`${text} Type: ${type}`);
    this.text = text;
    this.type = type;
  }
}

/** Where commands on a stage act. */
export interface AwsAccount {
  account: string;
  region: string;
  /** Whose the credentials are: the last part of the ARN, such as a user's name or that of a role's session. */
  caller: string;
}

const refusal = ({ name, message }: Error): NoAccess =>
  /expired/i.test(name + message)
    ? new NoAccess(`The credentials of this environment have expired (${name}).`, 'aws sso login')
    : new NoAccess(`AWS takes no credentials of this environment (${name}: ${message}).`, 'aws configure');

const ask = async (target: Target): Promise<AwsAccount> => {
  // The stack on this machine needs none of it.
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const stage = stageOf(target);
  const client = new STSClient(clientConfigOf(target));
  const region = await client.config.region().catch(() => undefined);
  if (region === undefined) {
    throw new NoAccess(
      `No region is set, and ${stage.name} names none (infra/stages.ts).`,
      'export AWS_REGION=<region>',
    );
  }
  const { Account: account = 'unknown', Arn: arn = 'unknown' }: Partial<GetCallerIdentityCommandOutput> =
    await client.send(new GetCallerIdentityCommand()).catch((error: Error & { code?: string }) => {
      // Nobody answered: the credentials may be in order.
      if (error.name === 'TimeoutError' || error.code !== undefined) throw error;
      throw refusal(error);
    });
  if (stage.account !== undefined && stage.account !== account) {
    throw new NoAccess(
      `The credentials are of the account ${account}, and ${stage.name} is of ${stage.account} (infra/stages.ts).`,
      'export AWS_PROFILE=<a profile of that account>',
    );
  }
  return { account, region, caller: arn.slice(arn.lastIndexOf('/') + 1) };
};

const asked = new WeakMap<Target, Promise<AwsAccount>>();

/**
 * The account that the environment's credentials are of, and the region, both of which must be the stage's. It is asked for once,
 * since the doctor says what the guard before it wanted to know.
 *
 * @throws {NoAccess} if there is no region, no credentials that AWS takes, or they are of another account
 */
export const awsAccountOf = (target: Target): Promise<AwsAccount> => {
  const answer = asked.get(target) ?? ask(target);
  asked.set(target, answer);
  return answer;
};
