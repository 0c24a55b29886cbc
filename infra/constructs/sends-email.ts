import { Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { EmailEnvironmentText, QueueEnvironment } from '../../functions/outbox/environment.ts';
import { emailQueueName, MANDRILL_URL, mandrillKeyName, type Stage } from '../stages.ts';
import { allow } from './bundled-function.ts';
import { readSecret } from './secrets.ts';

/** Well inside a function's time; Mandrill mostly answers in one second. */
const MANDRILL_PATIENCE_MS = 5_000;

/** The environment of a function that sends e-mail. */
export const emailEnvironment = (stage: Stage): EmailEnvironmentText => ({
  MANDRILL_KEY_PARAMETER: mandrillKeyName(stage),
  MANDRILL_URL,
  MANDRILL_PATIENCE_MS: String(MANDRILL_PATIENCE_MS),
  EMAIL_FROM: stage.emailFrom,
  EMAIL_FROM_NAME: stage.emailFromName,
});

/** Allows reading the parameter that holds Mandrill's API key. */
export const readMandrillKey = (scope: Construct, stage: Stage): PolicyStatement =>
  readSecret(scope, mandrillKeyName(stage));

/** The environment of a function that puts e-mails into the queue of those that are due, which another stack makes. */
export const queueEnvironment = (scope: Construct, stage: Stage): QueueEnvironment => {
  const { region, urlSuffix, account } = Stack.of(scope);
  return { EMAIL_QUEUE_URL: `https://sqs.${region}.${urlSuffix}/${account}/${emailQueueName(stage)}` };
};

/** Allows putting e-mails there. */
export const queueEmail = (scope: Construct, stage: Stage): PolicyStatement =>
  allow(['sqs:SendMessage'], Stack.of(scope).formatArn({ service: 'sqs', resource: emailQueueName(stage) }));
