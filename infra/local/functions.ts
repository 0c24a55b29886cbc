import { FunctionInstance } from './function-instance.ts';
import type { FunctionError, Reply } from './function-protocol.ts';
import { REGION, VERSION } from './intrinsics.ts';
import type { FunctionDescription } from './template.ts';

/** Instances that one function may have at once; Lambda's own limit is the account's, far above this machine's. */
const MAX_INSTANCES = 16;

/** "Lambda quotas", invocation payload: 6 MB each way. The numbers of bytes are those in Lambda's error messages. */
const MAX_REQUEST_BYTES = 6_291_456;
const MAX_RESPONSE_BYTES = 6_291_556;

export type InvocationResult = { ok: true; payload: unknown } | { ok: false; error: FunctionError };

/** Invokes the function of that name with a payload that JSON can hold. It rejects only if there is no such function. */
export type Invoke = (name: string, payload: unknown) => Promise<InvocationResult>;

interface Options {
  /** What is there when an instance starts is added to its environment if Lambda's or an SDK's own (`AWS_…`); else put in the place of the same. */
  overrides: Record<string, string>;
  /** Takes what functions write to stdout and stderr, line by line. */
  onLog: (functionName: string, line: string) => void;
}

/**
 * Lambda on this machine. Each function gets instances as it needs them, each of which is used again when free.
 *
 * @returns `invoke`; `kill`, which ends the instances of one function and with them what they are doing; and `close`, which
 *   does so with all
 */
export const startFunctions = (
  descriptions: readonly FunctionDescription[],
  { overrides, onLog }: Options,
): { invoke: Invoke; kill: (name: string) => Promise<void>; close: () => Promise<void> } => {
  const pools = new Map(
    descriptions.map((description) => {
      const onLine = (line: string) => onLog(description.name, line);
      return [
        description.name,
        poolOf(() => new FunctionInstance(description, environmentOf(description, overrides), onLine)),
      ];
    }),
  );

  return {
    invoke: async (name, payload) => {
      const pool = pools.get(name);
      if (!pool) throw new Error(`There is no function ${name}.`);
      const event = JSON.stringify(payload) ?? 'null';
      if (Buffer.byteLength(event) > MAX_REQUEST_BYTES)
        return failure('RequestEntityTooLargeException', `Over the limit of ${MAX_REQUEST_BYTES} bytes`);
      const answer = await pool.invoke(event);
      if (!answer.ok) return answer;
      if (Buffer.byteLength(answer.result) > MAX_RESPONSE_BYTES)
        return failure('Function.ResponseSizeTooLarge', `Over the limit of ${MAX_RESPONSE_BYTES} bytes`);
      return { ok: true, payload: JSON.parse(answer.result) };
    },
    kill: async (name) => pools.get(name)?.kill(),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
};

const failure = (errorType: string, errorMessage: string) =>
  ({ ok: false, error: { errorType, errorMessage } }) as const;

/** The instances of one function. An invocation that finds none free and no room for another waits. */
const poolOf = (startInstance: () => FunctionInstance) => {
  const instances = new Set<FunctionInstance>();
  const free: FunctionInstance[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  const acquire = (): FunctionInstance => {
    for (let instance = free.pop(); instance; instance = free.pop()) {
      if (instance.usable) return instance;
      instances.delete(instance);
    }
    const instance = startInstance();
    instances.add(instance);
    return instance;
  };

  const kill = async (): Promise<void> => {
    await Promise.all([...instances].map((instance) => instance.stop()));
  };

  return {
    invoke: async (event: string): Promise<Reply> => {
      // Whoever is woken takes over the place of the one who woke it.
      if (busy >= MAX_INSTANCES) await new Promise<void>((resolve) => waiting.push(resolve));
      else busy++;
      try {
        if (closed) return failure('ServiceException', 'Functions are stopped');
        const instance = acquire();
        const answer = await instance.invoke(event);
        if (instance.usable) free.push(instance);
        else instances.delete(instance);
        return answer;
      } finally {
        const next = waiting.shift();
        if (next) next();
        else busy--;
      }
    },
    kill,
    close: async () => {
      closed = true;
      await kill();
    },
  };
};

/** "Defined runtime environment variables" in the Lambda developer guide, the template's, and the overrides. */
const environmentOf = (
  { logicalId, name, handler, codePath, memoryMb, logGroup, environment }: FunctionDescription,
  overrides: Record<string, string>,
): Record<string, string> => ({
  _HANDLER: handler,
  // What tells its requests to AWS from those of others. DynamoDB Local takes letters and digits, of which logical ids are.
  AWS_ACCESS_KEY_ID: logicalId,
  AWS_DEFAULT_REGION: REGION,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: VERSION,
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
  AWS_REGION: REGION,
  AWS_SECRET_ACCESS_KEY: 'local',
  LAMBDA_TASK_ROOT: codePath,
  TZ: ':UTC',
  ...environment,
  ...Object.fromEntries(
    Object.entries(overrides).filter(([key]) => key.startsWith('AWS_') || key in environment),
  ),
});
