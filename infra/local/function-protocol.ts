import type { FunctionDescription } from './template.ts';

/** How Lambda reports the failure of an invocation. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

/** What an instance is started with. */
export interface InstanceData {
  description: FunctionDescription;
  invokedFunctionArn: string;
}

/** What an instance is asked: `event` is JSON, `deadline` in milliseconds since 1970. */
export interface Invocation {
  requestId: string;
  deadline: number;
  event: string;
}

/** What an instance answers, once when it has started and then to each invocation: `result` is JSON. */
export type Reply = { ok: true; result: string } | { ok: false; error: FunctionError };

/** The failure of an invocation that is not the function's own. */
export const failure = (errorType: string, errorMessage: string) =>
  ({ ok: false, error: { errorType, errorMessage } }) as const;

/** What was thrown, as Lambda's Node.js runtime describes it. */
export const errorOf = (thrown: unknown): FunctionError =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') ?? [] }
    : { errorType: typeof thrown, errorMessage: String(thrown) };
