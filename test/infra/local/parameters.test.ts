import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startParameters } from '../../../infra/local/parameters.ts';

const NAME = '/plano-orders/dev/mandrill-key';
let parameters: Awaited<ReturnType<typeof startParameters>>;
let client: SSMClient;
let put: string[];

beforeEach(async () => {
  put = [];
  parameters = await startParameters({ [NAME]: 'md-1' }, async (name) => put.push(name));
  client = new SSMClient({
    endpoint: parameters.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterEach(async () => {
  client.destroy();
  await parameters.close();
});

const get = async (Name: string, WithDecryption = true) =>
  (await client.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter;
const secret = { Type: 'SecureString', Overwrite: true } as const;

test('A parameter is found by its name', async () => {
  expect(await get(NAME)).toMatchObject({
    Name: NAME,
    ARN: `arn:aws:ssm:us-east-1:000000000000:parameter${NAME}`,
    Type: 'SecureString',
    Value: 'md-1',
    Version: 1,
  });
  expect((await get(NAME))?.LastModifiedDate?.getFullYear()).toBeGreaterThan(2025);
});

test('A parameter’s value stays encrypted for whoever does not want it decrypted', async () => {
  expect((await get(NAME, false))?.Value).not.toContain('md-1');
});

test.for(['/other', 'constructor'])('A parameter that is not there is not found: %s', async (name) => {
  await expect(get(name)).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('A parameter is made, and replaced when that is meant', async () => {
  const made = await client.send(
    new PutParameterCommand({ Name: '/new', Value: 'md-2', Type: 'SecureString' }),
  );
  expect(made).toMatchObject({ Version: 1, Tier: 'Standard' });
  await expect(
    client.send(new PutParameterCommand({ Name: NAME, Value: 'md-2', Type: 'SecureString' })),
  ).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  expect(put).toEqual(['/new']);
  await client.send(new PutParameterCommand({ Name: NAME, Value: 'md-3', ...secret }));
  expect(await get(NAME)).toMatchObject({ Value: 'md-3', Version: 2 });
  expect(put).toEqual(['/new', NAME]);
});

test.for(['', 'x'.repeat(4_097)])(
  'A parameter’s value that is empty or too long is refused',
  async (Value) => {
    await expect(
      client.send(new PutParameterCommand({ Name: NAME, Value, ...secret })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
    expect(await get(NAME)).toMatchObject({ Value: 'md-1' });
  },
);

test('An action that the stand-in for SSM does not do is named', async () => {
  await expect(client.send(new DeleteParameterCommand({ Name: NAME }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('AmazonSSM.DeleteParameter'),
  });
});
