import type { Command } from 'commander';
import type { Input } from './ask-secret.ts';
import { awsAccountOf } from './aws-account.ts';
import { confirm } from './confirm.ts';
import { OpsError, type Target } from './target.ts';

/** The words that commands end with which change nothing in a stage. Of every other it is taken that it does. */
const READING = new Set(['doctor', 'list', 'retry-now', 'run', 'show']);

/** Those that act on no stage. */
const NOWHERE = new Set(['read']);

const warnings = new WeakMap<Command, (...args: string[]) => string | undefined>();

/** Has a command say what will come of it, before anybody is asked whether to go on. */
export const warning = (command: Command, words: (...args: string[]) => string | undefined): Command => {
  warnings.set(command, words);
  return command;
};

/** What is said to whoever typed a command, apart from what the command finds, which may go into a pipe. */
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const placeInWords = async (target: Target): Promise<string> => {
  const { stage, running } = target;
  if (stage === undefined) return `On this machine: ${running?.url}, table ${target.tableName}`;
  const { account, region } = await awsAccountOf(target);
  const whose = stage.account === undefined ? ', which infra/stages.ts does not name' : '';
  return `In ${stage.name}: region ${region}, account ${account}${whose}`;
};

const askFor = async (words: string, isSaid: boolean, input: Input): Promise<void> => {
  if (isSaid) return;
  if (input.isTTY !== true) {
    throw new OpsError(`${words} changes production, and nobody can be asked here: with --yes it is done.`);
  }
  await confirm(`${words} changes production. Go on?`, input);
};

/** A command as it is typed, without what it is about: `services withdraw`. */
const wordsOf = (command: Command): string => {
  const { parent } = command;
  return parent?.parent ? `${wordsOf(parent)} ${command.name()}` : command.name();
};

/**
 * Stands before every command: says on what it will act, and what will come of it, and asks before something changes
 * production.
 *
 * @param target what commands act on
 * @param isSaid whether whoever typed the command has said yes with it
 */
export const guard = (program: Command, target: () => Target, isSaid: () => boolean, input: Input): void => {
  program.hook('preAction', async (_, command) => {
    if (NOWHERE.has(command.name())) return;
    const acted = target();
    const place = await placeInWords(acted).catch((error: unknown) => {
      // It is the doctor's to find that.
      if (command.name() === 'doctor') return undefined;
      throw error;
    });
    if (place !== undefined) tell(place);
    const warned = warnings.get(command)?.(...command.args);
    if (warned !== undefined) tell(warned);
    const changesProduction = acted.stage?.name === 'production' && !READING.has(command.name());
    if (changesProduction) await askFor(wordsOf(command), isSaid(), input);
  });
};
