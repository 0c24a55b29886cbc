import { createInterface } from 'node:readline';
import type { Input } from './ask-secret.ts';

/** Whether somebody at a terminal says yes to a question. Where nobody is, as in a script, it is taken as said. */
export const confirm = async (question: string, input: Input): Promise<boolean> => {
  if (input.isTTY !== true) return true;
  process.stderr.write(`${question} [y/N] `);
  const lines = createInterface({ input });
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  });
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
};
