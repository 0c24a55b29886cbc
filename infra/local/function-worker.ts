/** One instance of a function: what Lambda's Node.js runtime does around a handler, in a thread of its own. */
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import { errorOf, type InstanceData, type Invocation, type Reply } from './function-protocol.ts';

const { description, invokedFunctionArn } = workerData as InstanceData;
const { codePath, handler, memoryMb, name, logGroup } = description;

type Handler = (event: unknown, context: Partial<Context>) => unknown;

/**
 * In Lambda no package.json stands above the code, which makes its files CommonJS; here one may, and say otherwise.
 */
const codeUrl = pathToFileURL(join(codePath, '/')).href;
registerHooks({
  load: (url, context, nextLoad) =>
    nextLoad(
      url,
      url.startsWith(codeUrl) && url.endsWith('.js') ? { ...context, format: 'commonjs' } : context,
    ),
});

const loadHandler = (): Handler => {
  const dot = handler.lastIndexOf('.');
  const file = `./${handler.slice(0, dot)}`;
  const exported = createRequire(codeUrl)(file)[handler.slice(dot + 1)];
  if (typeof exported === 'function') return exported;
  throw Object.assign(new Error(`${handler} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
};

/** Waits until all that was written so far has reached the other side. */
const flush = (stream: NodeJS.WriteStream) =>
  new Promise<void>((resolve) => {
    if (stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });

const answer = async (message: Reply) => {
  await Promise.all([flush(process.stdout), flush(process.stderr)]);
  parentPort?.postMessage(message);
};

const contextOf = ({ requestId, deadline }: Invocation): Partial<Context> => ({
  functionName: name,
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION ?? '$LATEST',
  invokedFunctionArn,
  memoryLimitInMB: String(memoryMb),
  awsRequestId: requestId,
  logGroupName: logGroup,
  getRemainingTimeInMillis: () => deadline - Date.now(),
});

try {
  const handle = loadHandler();
  parentPort?.on('message', async (invocation: Invocation) => {
    try {
      const result = await handle(JSON.parse(invocation.event), contextOf(invocation));
      // A handler that returns nothing answers null, as in Lambda.
      await answer({ ok: true, result: JSON.stringify(result) ?? 'null' });
    } catch (error) {
      await answer({ ok: false, error: errorOf(error) });
    }
  });
  await answer({ ok: true, result: 'null' });
} catch (error) {
  await answer({ ok: false, error: errorOf(error) });
}
