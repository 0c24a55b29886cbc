import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** The git-ignored folder of the stack that `npm start` runs. */
export const LOCAL_FOLDER = fileURLToPath(new URL('../../.local', import.meta.url));

/** Where the code of releases is that were deployed to it while it ran. */
export const DEPLOYMENTS = join(LOCAL_FOLDER, 'deployments');

const runningStackSchema = z.object({
  pid: z.int(),
  url: z.url(),
  tableName: z.string(),
  /** Where its table is: DynamoDB Local, and the access key of its database there. */
  database: z.object({ endpoint: z.url(), accessKeyId: z.string() }),
  /** Where it takes orders, as `control.ts` says. */
  control: z.url(),
  /** Where SSM's parameters are stood in for. */
  parametersEndpoint: z.url(),
  /** Where Lambda's API is stood in for. */
  lambdaEndpoint: z.url(),
  /** The API of the stand-in for Mandrill. */
  mandrillUrl: z.url(),
});
/** How other commands reach the stack that runs on this machine. */
export type RunningStack = z.infer<typeof runningStackSchema>;

const fileIn = (folder: string): string => join(folder, 'stack.json');

/** Tells other commands how to reach the stack, until the returned function is called. */
export const writeRunningStack = (folder: string, stack: RunningStack): (() => Promise<void>) => {
  const file = fileIn(folder);
  writeFileSync(file, JSON.stringify(stack));
  return async () => rmSync(file, { force: true });
};

/** Whether a process of that id runs. */
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The stack that runs from a folder; undefined when none does, one that was killed included. */
export const readRunningStack = (folder: string): RunningStack | undefined => {
  const file = fileIn(folder);
  if (!existsSync(file)) return undefined;
  const stack = runningStackSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return isRunning(stack.pid) ? stack : undefined;
};
