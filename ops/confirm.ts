import { firstLine, type Input } from './ask-secret.ts';
import { OpsError } from './target.ts';

/**
 * Asks on a terminal whether something is to be done. Nobody says yes where nobody is asked: without a terminal, and when the
 * input ends.
 *
 * @throws {OpsError} unless the answer is yes
 */
export const confirm = async (question: string, input: Input): Promise<void> => {
  if (input.isTTY !== true) {
    throw new OpsError(`Nothing was changed: there is no terminal here to ask on, "${question}"`);
  }
  process.stderr.write(`${question} (yes or no) `);
  if (!/^y(es)?$/i.test((await firstLine(input, false)).trim())) throw new OpsError('Nothing was changed.');
};
