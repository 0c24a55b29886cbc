import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { errorOf, type FunctionError, type InstanceData, type Reply } from './function-protocol.ts';
import { functionArn } from './intrinsics.ts';
import type { FunctionDescription } from './template.ts';

/** How long Lambda lets an instance start: "Understanding the Lambda execution environment lifecycle", init phase. */
const INIT_LIMIT_MS = 10_000;

/**
 * The program of every instance as JavaScript, of which a thread can be started: from TypeScript each would strip the types for
 * itself, which takes a third of the time until it answers.
 */
const programOfInstances = (): URL => {
  const entryPoints = [fileURLToPath(new URL('./function-worker.ts', import.meta.url))];
  const built = buildSync({ entryPoints, bundle: true, platform: 'node', format: 'esm', write: false });
  return new URL(`data:text/javascript,${encodeURIComponent(built.outputFiles[0]?.text ?? '')}`);
};
const PROGRAM = programOfInstances();

/** A running copy of a function, with its own module state and environment. It takes one invocation at a time. */
export class FunctionInstance {
  /** False once it has ended or is about to. */
  usable = true;
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  readonly #onLine: (line: string) => void;
  readonly #started: Promise<Reply>;
  readonly #output: Promise<unknown>;
  #settle: ((answer: Reply) => void) | undefined;

  constructor(
    description: FunctionDescription,
    environment: Record<string, string>,
    onLine: (line: string) => void,
  ) {
    this.#timeoutMs = description.timeoutSeconds * 1000;
    this.#onLine = onLine;
    this.#worker = new Worker(PROGRAM, {
      workerData: { description, invokedFunctionArn: functionArn(description.name) } satisfies InstanceData,
      env: environment,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: description.memoryMb },
    });
    this.#worker.on('message', (answer: Reply) =>
      answer.ok ? this.#settle?.(answer) : this.#fail(answer.error),
    );
    this.#worker.on('error', (error) => {
      this.usable = false;
      this.#fail(errorOf(error));
    });
    this.#worker.on('exit', (code) => {
      this.usable = false;
      const errorMessage = `Runtime exited with error: exit status ${code}`;
      if (this.#settle) this.#fail({ errorType: 'Runtime.ExitError', errorMessage });
    });
    this.#output = Promise.all([this.#worker.stdout, this.#worker.stderr].map((s) => readLines(s, onLine)));
    this.#started = this.#answer(INIT_LIMIT_MS);
  }

  /** Runs the handler on an event, JSON, once the instance has started; starting does not count as its time. */
  async invoke(event: string): Promise<Reply> {
    const started = await this.#started;
    if (!started.ok) {
      await this.stop();
      return started;
    }
    this.#worker.postMessage({ requestId: randomUUID(), deadline: Date.now() + this.#timeoutMs, event });
    return this.#answer(this.#timeoutMs);
  }

  /** Ends it. An invocation under way fails; all that was written has been received when this resolves. */
  async stop(): Promise<void> {
    this.usable = false;
    await this.#worker.terminate();
    await this.#output;
  }

  #answer(limitMs: number): Promise<Reply> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const errorMessage = `Task timed out after ${(limitMs / 1000).toFixed(2)} seconds`;
        this.#fail({ errorType: 'Sandbox.Timedout', errorMessage });
        void this.stop();
      }, limitMs);
      this.#settle = (answer) => {
        clearTimeout(timer);
        this.#settle = undefined;
        resolve(answer);
      };
    });
  }

  /** Logs the failure, as Lambda does, also of what nobody waits for any more. */
  #fail(error: FunctionError): void {
    this.#onLine(`ERROR ${JSON.stringify(error)}`);
    this.#settle?.({ ok: false, error });
  }
}

/** Splits at line feeds only: node:readline also splits at U+2028, which JSON text may hold. */
const readLines = async (stream: Readable, onLine: (line: string) => void): Promise<void> => {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  await finished(stream);
  if (rest) onLine(rest);
};
