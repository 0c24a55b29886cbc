import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

const variable = (name: string): string => {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: a function takes its AWS credentials from the environment`);
  return value;
};

/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundle. Lambda gives a function its role's credentials in
 * the environment, so the other sources (profiles, single sign-on, instance metadata) would only be loaded, never asked.
 *
 * @throws Error, when a client first signs a request, if there are none
 */
export const defaultProvider: NonNullable<DynamoDBClientConfig['credentialDefaultProvider']> =
  () => async () => ({
    accessKeyId: variable('AWS_ACCESS_KEY_ID'),
    secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
    // Always there on Lambda; long-lived keys, which DynamoDB Local takes, have none.
    ...(process.env.AWS_SESSION_TOKEN ? { sessionToken: process.env.AWS_SESSION_TOKEN } : {}),
  });
