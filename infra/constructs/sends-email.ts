import { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { EmailEnvironment } from '../../functions/outbox/environment.ts';
import { MANDRILL_URL, mandrillKeyName, type Stage } from '../stages.ts';
import { allow } from './bundled-function.ts';

/** What a function that sends e-mail finds in its environment. */
export const emailEnvironment = (stage: Stage): EmailEnvironment => ({
  MANDRILL_KEY_PARAMETER: mandrillKeyName(stage),
  MANDRILL_URL,
  EMAIL_FROM: stage.emailFrom,
  EMAIL_FROM_NAME: stage.emailFromName,
});

/**
 * Allows reading the parameter that holds Mandrill's API key. It is no resource of a stack, since CloudFormation cannot make
 * a SecureString: operators set it. It takes no permission for KMS: AWS's key for SSM, `aws/ssm`, lets all principals of its
 * account decrypt through SSM ("Restricting decryption of SecureString parameter values" in the Systems Manager user guide).
 */
export const readMandrillKey = (scope: Construct, stage: Stage): PolicyStatement => {
  const resourceName = mandrillKeyName(stage).slice(1);
  return allow(
    ['ssm:GetParameter'],
    Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName }),
  );
};
