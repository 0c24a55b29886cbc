import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { vi } from 'vitest';
import type { Input } from '../../ops/ask-secret.ts';
import { createProgram } from '../../ops/program.ts';
import type { Target } from '../../ops/target.ts';

const throwInsteadOfExit = (command: Command): void => {
  command.exitOverride();
  for (const inner of command.commands) throwInsteadOfExit(inner);
};

/** What a command line prints, apart and together, and how it failed. */
export interface Ran {
  printed: string;
  stdout: string;
  stderr: string;
  failure?: Error;
}

/** Runs something that prints. */
export const catching = async (run: () => Promise<unknown>): Promise<Ran> => {
  const ran: Ran = { printed: '', stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      ran.printed += String(text);
      ran[name] += String(text);
      return true;
    }),
  );
  try {
    await run();
  } catch (failure) {
    ran.failure = failure as Error;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return ran;
};

/** Runs a command line of all there are, behind the guard, as `npm run ops` does. */
export const runProgram = (
  open: (stage: string | undefined) => Target,
  words: readonly string[],
  input: Input = new PassThrough().end(),
): Promise<Ran> =>
  catching(async () => {
    const program = createProgram(input, open);
    throwInsteadOfExit(program);
    await program.parseAsync(words, { from: 'user' });
  });

/** What is typed on a terminal. */
export const typed = (text: string): Input =>
  Object.assign(new PassThrough().end(text), { isTTY: true, setRawMode: () => {} });

/** Runs one of the operators' command lines on what it uses of a target, and gives what it prints, and how it failed. */
export const tryOps = (
  commands: (target: () => Target) => Command[],
  target: Partial<Target>,
  ...words: string[]
): Promise<Ran> =>
  catching(async () => {
    const program = new Command();
    for (const command of commands(() => target as Target)) program.addCommand(command);
    throwInsteadOfExit(program);
    await program.parseAsync(words, { from: 'user' });
  });

/** The same for one that must not fail: it gives what it prints. */
export const runOps = async (...given: Parameters<typeof tryOps>): Promise<string> => {
  const { printed, failure } = await tryOps(...given);
  if (failure) throw failure;
  return printed;
};
