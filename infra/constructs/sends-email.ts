import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { EmailEnvironment } from '../../functions/contract/environment.ts';
import { mandrillKeyName, type Stage } from '../stages.ts';
import { allow } from './bundled-function.ts';

/** What a function that sends e-mail finds in its environment. */
export const emailEnvironment = (stage: Stage): EmailEnvironment => ({
  // By name, which a stack on this machine can read too; only the policy below needs the ARN, which is exact.
  MANDRILL_SECRET_ID: mandrillKeyName(stage),
  MANDRILL_URL: 'https://mandrillapp.com/api/1.0',
  EMAIL_FROM: stage.emailFrom,
  EMAIL_FROM_NAME: stage.emailFromName,
});

/** Allows reading the secret that holds Mandrill's API key. */
export const readMandrillKey = (mandrillKey: Secret): PolicyStatement =>
  allow(['secretsmanager:GetSecretValue'], mandrillKey.secretArn);
