import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteFunctionCommand,
  GetAliasCommand,
  LambdaClient,
  UpdateAliasCommand,
  type UpdateAliasCommandInput,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LocalFunctions, startFunctions } from '../../../infra/local/functions.ts';
import { startLambda } from '../../../infra/local/lambda.ts';

/** A function whose versions are told apart by what they answer, and the API by which its alias is moved. */
let folder: string;
let functions: LocalFunctions;
let lambda: Awaited<ReturnType<typeof startLambda>>;
let client: LambdaClient;

/** The function, as it is when it answers that. */
const answering = (answer: string, name = 'greet') => {
  const codePath = mkdtempSync(join(folder, 'code-'));
  // It answers once its caller has heard that it has begun.
  const code = `const channel = new BroadcastChannel('meeting');
    exports.handler = async ({ meet }) => {
      if (meet) await new Promise((resolve) => { channel.onmessage = resolve; channel.postMessage('begun'); });
      return [${JSON.stringify(answer)}, process.env.AWS_LAMBDA_FUNCTION_VERSION];
    };`;
  writeFileSync(join(codePath, 'index.js'), code);
  return {
    ...{ logicalId: 'Greet', name, handler: 'index.handler', codePath, environment: {} },
    ...{ timeoutSeconds: 30, memoryMb: 128, logGroup: 'log', role: { managedPolicies: [], statements: [] } },
  };
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lambda-'));
  functions = startFunctions([answering('hello')], { overrides: {}, onLog: () => {} });
  lambda = await startLambda(functions.versionsOf);
  client = new LambdaClient({
    endpoint: lambda.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await lambda.close();
  await functions.close();
  rmSync(folder, { recursive: true });
});

const greet = async (event = {}) => {
  const outcome = await functions.invoke('greet', event);
  return outcome.ok ? outcome.payload : outcome.error;
};
const move = (FunctionVersion: string, more: Partial<UpdateAliasCommandInput> = {}) =>
  client.send(new UpdateAliasCommand({ FunctionName: 'greet', Name: 'live', FunctionVersion, ...more }));
const remove = (Qualifier?: string) =>
  client.send(new DeleteFunctionCommand({ FunctionName: 'greet', Qualifier }));
const live = async () => {
  const { FunctionVersion } = await client.send(new GetAliasCommand({ FunctionName: 'greet', Name: 'live' }));
  return FunctionVersion;
};

it('Another version is published only when the code or the settings are not as they were', async () => {
  expect(functions.publish(answering('hello'))).toBe('1');
  expect(functions.publish(answering('good day'))).toBe('2');
  expect(await greet()).toEqual(['good day', '2']);
  expect(functions.publish({ ...answering('good day'), environment: { LOUD: 'yes' } })).toBe('3');
});

it('An alias is moved to another version and back, and calls follow it', async () => {
  functions.publish(answering('good day'));
  expect(await live()).toBe('2');
  expect(await move('1', { RoutingConfig: { AdditionalVersionWeights: {} } })).toMatchObject({
    FunctionVersion: '1',
    Name: 'live',
  });
  expect([await live(), await greet()]).toEqual(['1', ['hello', '1']]);
  await move('2');
  expect(await greet()).toEqual(['good day', '2']);
});

it('An alias stays where somebody has moved it when the function is deployed as it was', async () => {
  functions.publish(answering('good day'));
  await move('1');
  expect(functions.publish(answering('good day'))).toBe('2');
  expect(await live()).toBe('1');
});

it('A call that is under way ends as it has begun when the alias moves', async () => {
  const channel = new BroadcastChannel('meeting');
  const begun = new Promise((resolve) => {
    channel.onmessage = resolve;
  });
  const first = greet({ meet: true });
  await begun;
  functions.publish(answering('good day'));
  expect(await greet()).toEqual(['good day', '2']);
  channel.postMessage('end');
  expect(await first).toEqual(['hello', '1']);
  channel.close();
});

it('A version is deleted, unless the alias points to it', async () => {
  functions.publish(answering('good day'));
  await expect(remove('2')).rejects.toMatchObject({ name: 'ResourceConflictException' });
  await remove('1');
  await expect(remove('1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(move('1')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect(await live()).toBe('2');
});

it('What this machine cannot do is refused: other functions, other aliases, a part of the calls, and a whole function', async () => {
  const missing = { name: 'ResourceNotFoundException' };
  const wrong = { name: 'InvalidParameterValueException' };
  await expect(
    client.send(new GetAliasCommand({ FunctionName: 'other', Name: 'live' })),
  ).rejects.toMatchObject(missing);
  await expect(
    client.send(new GetAliasCommand({ FunctionName: 'greet', Name: 'test' })),
  ).rejects.toMatchObject(missing);
  const RoutingConfig = { AdditionalVersionWeights: { '1': 0.1 } };
  await expect(move('1', { RoutingConfig })).rejects.toMatchObject(wrong);
  await expect(remove()).rejects.toMatchObject(wrong);
});
