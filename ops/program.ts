import { Command, Option } from 'commander';
import { STAGE_NAMES, stageNamed } from '../infra/stages.ts';
import { accountCommands } from './accounts.ts';
import { applicationCommands } from './applications.ts';
import type { Input } from './ask-secret.ts';
import { auditCommands } from './audit.ts';
import { checkCommands } from './check.ts';
import { clientCommands } from './clients.ts';
import { deploymentCommands } from './deployment.ts';
import { doctorCommands } from './doctor.ts';
import { emailCommands } from './emails.ts';
import { guard } from './guard.ts';
import { recordCommands } from './records.ts';
import { releaseCommands } from './releases.ts';
import { rowCommands } from './rows.ts';
import { secretCommands } from './secrets.ts';
import { stackCommands } from './stack.ts';
import { type Place, type Target, targetOf } from './target.ts';

interface GlobalOptions {
  stage?: string;
  yes?: boolean;
}

/**
 * All commands, behind the guard.
 *
 * @param input where somebody types
 * @param open what there is to act on: of a stage, or without one on this machine
 */
export const createProgram = (
  input: Input = process.stdin,
  open: (stage: string | undefined) => Target = targetOf,
): Command => {
  const program = new Command('ops')
    .description('Looks after a running stage: the stack on this machine, or with --stage one on AWS.')
    .addOption(
      new Option('--stage <name>', 'a stage on AWS, reached with the credentials of the environment').choices(
        STAGE_NAMES,
      ),
    )
    .option('--yes', 'does not ask before production, or many e-mails at once, are changed')
    .showHelpAfterError('Add --help to see what there is.');
  const given = () => program.opts<GlobalOptions>();
  let opened: Target | undefined;
  const target = () => {
    opened ??= open(given().stage);
    return opened;
  };
  guard(program, target, () => given().yes === true, input);
  const commands = [
    ...deploymentCommands(target),
    ...releaseCommands(target),
    ...recordCommands(target),
    ...accountCommands(target, input),
    ...clientCommands(target),
    ...applicationCommands(target),
    ...auditCommands(target),
    ...emailCommands(target, input),
    ...rowCommands(target),
    ...secretCommands(target, input),
    ...stackCommands(input),
    ...checkCommands(target),
    ...doctorCommands(target),
  ];
  for (const command of commands) program.addCommand(command);
  return program;
};

/** Where a program acts whose command line was read. */
export const placeOf = (program: Command): Place => {
  const { stage } = program.opts<GlobalOptions>();
  return stage === undefined ? {} : { stage: stageNamed(stage) };
};
