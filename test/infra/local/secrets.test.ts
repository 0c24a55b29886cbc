import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSecrets } from '../../../infra/local/secrets.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:mandrill-AbCdEf';
let secrets: Awaited<ReturnType<typeof startSecrets>>;
let client: SecretsManagerClient;

beforeAll(async () => {
  secrets = await startSecrets({ 'mandrill-key': 'md-1', [ARN]: 'md-2' });
  client = new SecretsManagerClient({
    endpoint: secrets.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterAll(async () => {
  client.destroy();
  await secrets.close();
});

test('a secret is found by its name and by its ARN', async () => {
  const byName = await client.send(new GetSecretValueCommand({ SecretId: 'mandrill-key' }));
  const byArn = await client.send(new GetSecretValueCommand({ SecretId: ARN }));
  expect(byName).toMatchObject({ Name: 'mandrill-key', SecretString: 'md-1', VersionStages: ['AWSCURRENT'] });
  expect(byArn).toMatchObject({ ARN, SecretString: 'md-2' });
});

test.for(['other', 'constructor'])('there is no secret %s', async (SecretId) => {
  await expect(client.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  });
});

test('an action that it does not do is named', async () => {
  await expect(client.send(new ListSecretsCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('secretsmanager.ListSecrets'),
  });
});

test('it closes in spite of a connection kept alive', async () => {
  const other = await startSecrets({});
  await fetch(other.endpoint);
  await other.close();
  await expect(fetch(other.endpoint)).rejects.toThrow();
});
