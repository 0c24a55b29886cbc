import { Command } from 'commander';
import { vi } from 'vitest';
import type { Target } from '../../ops/target.ts';

const throwInsteadOfExit = (command: Command): void => {
  command.exitOverride();
  for (const inner of command.commands) throwInsteadOfExit(inner);
};

/** Runs one of the operators' command lines on what it uses of a target, and gives what it prints. */
export const runOps = async (
  commands: (target: () => Target) => Command[],
  target: Partial<Target>,
  ...words: string[]
): Promise<string> => {
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
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
  return printed;
};
