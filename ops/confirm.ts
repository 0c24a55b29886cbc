import { createInterface } from 'node:readline';
import type { Input } from './ask-secret.ts';

/**
 * Asks on a terminal whether something is to be done. Nobody says yes where nobody is asked: without a terminal, and when the
 * input ends.
 */
export const confirm = async (question: string, input: Input): Promise<boolean> => {
  if (input.isTTY !== true) return false;
  process.stderr.write(`${question} (yes or no) `);
  const lines = createInterface({ input });
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve('no'));
  });
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
};
