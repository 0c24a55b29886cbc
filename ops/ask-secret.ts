import { createInterface } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { OpsError } from './target.ts';

/** Where somebody types, or another program writes. */
export type Input = NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY'>>;

/**
 * The first line of the input; empty when it ends before there is one.
 *
 * @param terminal whether readline is to take what is typed in hand, so that it is not shown
 */
export const firstLine = async (input: Input, terminal: boolean): Promise<string> => {
  const lines = createInterface({ input, terminal });
  const line = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  });
  lines.close();
  return line;
};

/**
 * The first line of the input. On a terminal it is asked for, and what is typed is not shown: that is readline's to do
 * there, and it has no output here.
 *
 * @throws {OpsError} if there is no line, or it is empty
 */
export const askSecret = async (question: string, input: Input): Promise<string> => {
  const onTerminal = input.isTTY === true;
  process.stderr.write(onTerminal ? question : 'Reading it from the input …\n');
  const line = await firstLine(input, onTerminal);
  if (onTerminal) process.stderr.write('\n');
  if (line.trim() === '') throw new OpsError('Nothing was given.');
  return line.trim();
};
