import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFunctions } from '../../../infra/local/functions.ts';
import type { FunctionDescription } from '../../../infra/local/template.ts';
import { handlers } from './handlers.ts';

const folder = mkdtempSync(join(tmpdir(), 'functions-'));
const logged: { name: string; line: string }[] = [];
const linesOf = (wanted: string) => logged.filter(({ name }) => name === wanted).map(({ line }) => line);

const descriptionOf = (name: string): FunctionDescription => ({
  logicalId: name,
  name,
  handler: 'index.handler',
  codePath: join(folder, name),
  environment: { STAGE: 'test', MANDRILL_URL: 'https://mandrillapp.com/api/1.0' },
  timeoutSeconds: name === 'faulty' ? 1 : 30,
  memoryMb: 256,
  logGroup: `/aws/lambda/${name}`,
  role: { managedPolicies: [], statements: [] },
});

const start = (names: string[], overrides: Record<string, string> = {}) =>
  startFunctions(names.map(descriptionOf), {
    overrides,
    onLog: (name, line) => void logged.push({ name, line }),
  });

let functions: ReturnType<typeof start>;

beforeAll(() => {
  // The project's own package.json says the same.
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const [name, code] of Object.entries(handlers)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.js'), code);
  }
  writeFileSync(join(folder, 'lazy', 'part.js'), 'exports.value = 42;');
  functions = start(Object.keys(handlers), {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    MANDRILL_URL: 'http://m',
    X: 'x',
  });
});

afterAll(async () => {
  await functions.close();
  rmSync(folder, { recursive: true });
});

describe('an invocation', () => {
  it('An invocation passes the event and the context, and answers what the handler returns', async () => {
    const outcome = await functions.invoke('echo', { a: [1, 'é'] });
    expect(outcome).toMatchObject({
      ok: true,
      payload: {
        event: { a: [1, 'é'] },
        context: {
          functionName: 'echo',
          awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/),
          invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
          memoryLimitInMB: '256',
          logGroupName: '/aws/lambda/echo',
        },
      },
    });
    const { left } = (outcome as { payload: { left: number } }).payload;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(30_000);
  });

  it('An invocation answers null when the handler returns nothing', async () => {
    expect(await functions.invoke('nothing', {})).toEqual({ ok: true, payload: null });
  });

  it('A function’s further files are loaded as CommonJS, whatever package.json stands above', async () => {
    expect(await functions.invoke('lazy', {})).toEqual({ ok: true, payload: 42 });
  });

  it('An invocation rejects when there is no such function', async () => {
    await expect(functions.invoke('other', {})).rejects.toThrow('There is no function other.');
  });
});

describe('the environment', () => {
  it('A function’s environment is the template’s, Lambda’s own and the overrides that concern it, and no more', async () => {
    process.env.ONLY_HERE = 'yes';
    const { payload } = (await functions.invoke('environment', {})) as { payload: Record<string, string> };
    delete process.env.ONLY_HERE;
    expect(payload).toMatchObject({
      STAGE: 'test',
      MANDRILL_URL: 'http://m',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'environment',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    });
    // Neither this process's, nor an override of what the template does not set.
    expect(payload).not.toHaveProperty('ONLY_HERE');
    expect(payload).not.toHaveProperty('PATH');
    expect(payload).not.toHaveProperty('X');
  });
});

describe('instances', () => {
  it('Instances are used again, with their module state', async () => {
    const first = await functions.invoke('counter', {});
    const second = await functions.invoke('counter', {});
    expect([first, second]).toEqual([
      { ok: true, payload: 1 },
      { ok: true, payload: 2 },
    ]);
  });

  it('Instances take one invocation at a time, so that simultaneous ones each get their own', async () => {
    const channel = new BroadcastChannel('meeting');
    let begun = 0;
    channel.onmessage = () => ++begun === 3 && channel.postMessage('end');
    const outcomes = await Promise.all([1, 2, 3].map(() => functions.invoke('meeting', {})));
    channel.close();
    expect(outcomes).toEqual([1, 2, 3].map(() => ({ ok: true, payload: 1 })));
  });

  it('A function has at most 16 instances; further invocations wait for a free one', async () => {
    const limited = start(['counter']);
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => limited.invoke('counter', {})));
    await limited.close();
    const firstOfTheirInstance = outcomes.filter((outcome) => outcome.ok && outcome.payload === 1);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(firstOfTheirInstance).toHaveLength(16);
  });
});

describe('a failure', () => {
  it.each([
    ['throw', { errorType: 'TypeError', errorMessage: 'no such thing' }],
    ['text', { errorType: 'string', errorMessage: 'words' }],
    ['cycle', { errorType: 'TypeError' }],
    ['big', { errorType: 'Function.ResponseSizeTooLarge' }],
  ])('The failure %s leaves the instance alive', async (how, error) => {
    const own = start(['faulty']);
    expect(await own.invoke('faulty', {})).toEqual({ ok: true, payload: 1 });
    expect(await own.invoke('faulty', { how })).toMatchObject({ ok: false, error });
    expect(await own.invoke('faulty', {})).toEqual({ ok: true, payload: 3 });
    await own.close();
  });

  it.each([
    ['exit', { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with error: exit status 3' }],
    ['uncaught', { errorType: 'RangeError', errorMessage: 'out of range' }],
    ['hang', { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 1.00 seconds' }],
    ['loop', { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 1.00 seconds' }],
  ])('The failure %s ends the instance, and the next invocation gets a new one', async (how, error) => {
    const own = start(['faulty']);
    expect(await own.invoke('faulty', {})).toEqual({ ok: true, payload: 1 });
    expect(await own.invoke('faulty', { how })).toMatchObject({ ok: false, error });
    expect(await own.invoke('faulty', {})).toEqual({ ok: true, payload: 1 });
    await own.close();
  });

  it('A function whose code cannot be loaded fails each invocation', async () => {
    const error = { errorType: 'SyntaxError', errorMessage: 'cannot be loaded' };
    expect(await functions.invoke('unloadable', {})).toMatchObject({ ok: false, error });
    expect(await functions.invoke('unloadable', {})).toMatchObject({ ok: false, error });
  });

  it('An invocation says when the handler is not exported', async () => {
    const error = { errorType: 'Runtime.HandlerNotFound' };
    expect(await functions.invoke('unexported', {})).toMatchObject({ ok: false, error });
  });

  it('An invocation with a payload over 6 MB is refused', async () => {
    const error = { errorType: 'RequestEntityTooLargeException' };
    expect(await functions.invoke('echo', 'x'.repeat(6_291_456))).toMatchObject({ ok: false, error });
    expect(await functions.invoke('nothing', 'x'.repeat(6_291_454))).toMatchObject({ ok: true });
  });

  it('A failure of a function is logged', async () => {
    await functions.invoke('faulty', { how: 'throw' });
    expect(linesOf('faulty')).toContainEqual(expect.stringMatching(/^ERROR .*"no such thing"/));
  });
});

describe('the log', () => {
  it('The log has every line that was written before the answer, whole and in order', async () => {
    const own = start(['writer']);
    logged.length = 0;
    await own.invoke('writer', { lines: 5_000 });
    const lines = linesOf('writer');
    expect(lines.filter((line) => line !== 'to stderr')).toEqual(
      Array.from({ length: 5_000 }, (_, i) => `line ${i} \u2028 é`),
    );
    expect(lines).toContain('to stderr');
    await own.close();
  });

  it('The log has a line that was not finished once the functions are closed', async () => {
    const own = start(['writer']);
    logged.length = 0;
    await own.invoke('writer', { lines: 1, unfinished: true });
    await own.close();
    expect(linesOf('writer')).toContain('no line feed');
  });
});

describe('closing', () => {
  it('Closing fails the invocations that are under way or wait, and nothing starts any more', async () => {
    const own = start(['meeting']);
    const invocations = Array.from({ length: 17 }, () => own.invoke('meeting', {}));
    await own.close();
    const failed = {
      ok: false,
      error: { errorType: expect.stringMatching(/^(Runtime.ExitError|ServiceException)$/) },
    };
    expect(await Promise.all(invocations)).toMatchObject(invocations.map(() => failed));
    expect(await own.invoke('meeting', {})).toMatchObject(failed);
  });
});
