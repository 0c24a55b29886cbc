import { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from './bundled-function.ts';

/**
 * Allows reading a secret, a parameter of SSM's of that name. It is no resource of a stack, since CloudFormation cannot make
 * a SecureString: operators set it. It takes no permission for KMS: AWS's key for SSM, `aws/ssm`, lets all principals of its
 * account decrypt through SSM ("Restricting decryption of SecureString parameter values" in the Systems Manager user guide).
 */
export const readSecret = (scope: Construct, name: string): PolicyStatement =>
  allow(
    ['ssm:GetParameter'],
    Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) }),
  );
