import { FunctionInstance } from './function-instance.ts';
import { type FunctionError, failure } from './function-protocol.ts';
import { FunctionVersions } from './function-versions.ts';
import { REGION } from './intrinsics.ts';
import type { FunctionDescription } from './template.ts';

/** "Lambda quotas", invocation payload: 6 MB each way. The numbers of bytes are those in Lambda's error messages. */
const MAX_REQUEST_BYTES = 6_291_456;
const MAX_RESPONSE_BYTES = 6_291_556;

export type InvocationResult = { ok: true; payload: unknown } | { ok: false; error: FunctionError };

/** Invokes the function of that name with a payload that JSON can hold. It rejects only if there is no such function. */
export type Invoke = (name: string, payload: unknown) => Promise<InvocationResult>;

interface Options {
  /** Added to each function's environment if Lambda's or an SDK's own (`AWS_…`); else put in the place of the same, as they are when an instance starts. */
  overrides: Record<string, string>;
  /** Takes what functions write to stdout and stderr, line by line. */
  onLog: (functionName: string, line: string) => void;
}

export interface LocalFunctions {
  /** Calls a function by its alias. */
  invoke: Invoke;
  /** Has a function be as it is described, a new one as well, and gives the number of the version that is so. */
  publish(description: FunctionDescription): string;
  /** The versions of the function of that name, if there is one. */
  versionsOf(name: string): FunctionVersions | undefined;
  /** What the function of that name finds in its environment. */
  environmentOf(name: string): Record<string, string>;
  /** Ends the instances of one function, or of all, and with them what they are doing. */
  kill(name?: string): Promise<void>;
  /** Ends what functions are doing, and all of their instances but one of each that is free. */
  clear(): Promise<void>;
  /** Has a function be there no longer. */
  remove(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Lambda on this machine. Each function gets instances as it needs them, each of which is used again when free. */
export const startFunctions = (
  descriptions: readonly FunctionDescription[],
  { overrides, onLog }: Options,
): LocalFunctions => {
  const functions = new Map<string, FunctionVersions>();
  const startInstance = (description: FunctionDescription, version: string): FunctionInstance =>
    new FunctionInstance(description, environmentOf(description, version, overrides), (line) =>
      onLog(description.name, line),
    );
  const publish = (description: FunctionDescription): string => {
    const versions = functions.get(description.name) ?? new FunctionVersions(startInstance);
    functions.set(description.name, versions);
    return versions.publish(description);
  };
  for (const description of descriptions) publish(description);

  return {
    invoke: async (name, payload) => {
      const versions = functions.get(name);
      if (!versions) throw new Error(`There is no function ${name}.`);
      const event = JSON.stringify(payload) ?? 'null';
      if (Buffer.byteLength(event) > MAX_REQUEST_BYTES)
        return failure('RequestEntityTooLargeException', `Over the limit of ${MAX_REQUEST_BYTES} bytes`);
      const answer = await versions.invoke(event);
      if (!answer.ok) return answer;
      if (Buffer.byteLength(answer.result) > MAX_RESPONSE_BYTES)
        return failure('Function.ResponseSizeTooLarge', `Over the limit of ${MAX_RESPONSE_BYTES} bytes`);
      return { ok: true, payload: JSON.parse(answer.result) };
    },
    publish,
    versionsOf: (name) => functions.get(name),
    environmentOf: (name) => {
      const description = descriptions.find((each) => each.name === name);
      if (description === undefined) throw new Error(`There is no function ${name}.`);
      return environmentOf(description, '1', overrides);
    },
    kill: async (name) => {
      const chosen = [...functions].filter(([each]) => name === undefined || each === name);
      await Promise.all(chosen.map(([, versions]) => versions.kill()));
    },
    clear: async () => {
      await Promise.all([...functions.values()].map((versions) => versions.clear()));
    },
    remove: async (name) => {
      await functions.get(name)?.close();
      functions.delete(name);
    },
    close: async () => {
      await Promise.all([...functions.values()].map((versions) => versions.close()));
    },
  };
};

/** "Defined runtime environment variables" in the Lambda developer guide, the template's, and the overrides. */
const environmentOf = (
  { logicalId, name, handler, codePath, memoryMb, logGroup, environment }: FunctionDescription,
  version: string,
  overrides: Record<string, string>,
): Record<string, string> => ({
  _HANDLER: handler,
  // What tells its requests to AWS from those of others. DynamoDB Local takes letters and digits, of which logical ids are.
  AWS_ACCESS_KEY_ID: logicalId,
  AWS_DEFAULT_REGION: REGION,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: version,
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
