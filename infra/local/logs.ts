import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The logs of a stack: each function's lines in a file of its own, as CloudWatch keeps a log group for each, and what people are
 * alerted with in another. They begin anew.
 */
export const logsIn = (folder: string) => {
  const clearLogs = (): void => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  };
  clearLogs();
  const writeLog = (name: string, line: string): void =>
    appendFileSync(join(folder, `${name}.log`), `${line}\n`);
  return { writeLog, clearLogs };
};
