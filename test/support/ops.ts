import { Command } from 'commander';
import { vi } from 'vitest';
import type { Target } from '../../ops/target.ts';

const throwInsteadOfExit = (command: Command): void => {
  command.exitOverride();
  for (const inner of command.commands) throwInsteadOfExit(inner);
};

/** Runs one of the operators' command lines on what it uses of a target, and gives what it prints, and how it failed. */
export const tryOps = async (
  commands: (target: () => Target) => Command[],
  target: Partial<Target>,
  ...words: string[]
): Promise<{ printed: string; failure?: Error }> => {
  let printed = '';
  const keep = (text: unknown): boolean => {
    printed += String(text);
    return true;
  };
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(keep),
  );
  try {
    const program = new Command();
    for (const command of commands(() => target as Target)) program.addCommand(command);
    throwInsteadOfExit(program);
    await program.parseAsync(words, { from: 'user' });
  } catch (failure) {
    return { printed, failure: failure as Error };
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
  return { printed };
};

/** The same for one that must not fail: it gives what it prints. */
export const runOps = async (...given: Parameters<typeof tryOps>): Promise<string> => {
  const { printed, failure } = await tryOps(...given);
  if (failure) throw failure;
  return printed;
};
