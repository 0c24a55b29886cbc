import { Command } from 'commander';
import { CHECK } from '../infra/stages.ts';
import { faultOf, findSetUp, setUpCheck } from './check-set-up.ts';
import { say } from './print.ts';
import { runCommand, runNow } from './run-now.ts';
import { OpsError, type Target } from './target.ts';

const run = async (target: Target): Promise<void> => {
  if (target.stage !== undefined) return say(runCommand(target, CHECK));
  const fault = await faultOf(target, await findSetUp(target));
  if (fault !== undefined) throw new OpsError(fault.replace(/\.$/, ''), 'check set-up');
  await runNow(target, CHECK);
  say('The check has passed.');
};

/** The commands for the check from outside. */
export const checkCommands = (target: () => Target): Command[] => {
  const group = new Command('check').description('checks the API from outside, as a client');
  group
    .command('set-up')
    .description('gives the check a new token, and an order of its own if it has none')
    .action(async () => {
      const { order_id } = await setUpCheck(target(), new Date());
      say(`The check has a new token, and is about order ${order_id}.`);
    });
  group
    .command('run')
    .description('runs the check at once')
    .action(() => run(target()));
  return [group];
};
