import { Command, Option } from 'commander';
import { STAGE_NAMES } from '../infra/stages.ts';
import { accountCommands } from './accounts.ts';
import { applicationCommands } from './applications.ts';
import { deploymentCommands } from './deployment.ts';
import { doctorCommands } from './doctor.ts';
import { emailCommands } from './emails.ts';
import { rowCommands } from './rows.ts';
import { secretCommands } from './secrets.ts';
import { OpsError, targetOf } from './target.ts';

const program = new Command('ops')
  .description('Looks after a running stage: the stack on this machine, or with --stage one on AWS.')
  .addOption(
    new Option('--stage <name>', 'a stage on AWS, reached with the credentials of the environment').choices(
      STAGE_NAMES,
    ),
  )
  .showHelpAfterError('Add --help to see what there is.');

const target = () => targetOf(program.opts<{ stage?: string }>().stage);
const commands = [
  ...deploymentCommands(target),
  ...accountCommands(target),
  ...applicationCommands(target),
  ...emailCommands(target),
  ...rowCommands(target),
  ...secretCommands(target),
  ...doctorCommands(target),
];
for (const command of commands) program.addCommand(command);

try {
  await program.parseAsync();
} catch (error) {
  // What the way to the table says (no credentials, no region, no table) is clear enough without its stack.
  const { name, message } = error as Error;
  process.stderr.write(error instanceof OpsError ? `${message}\n` : `${name}: ${message}\n`);
  process.exitCode = 1;
}
