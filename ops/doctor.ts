import { Command } from 'commander';
import { OpsError, type Target } from './target.ts';

/** The command that says whether everything is there that a deployment needs. */
export const doctorCommands = (target: () => Target): Command[] => [
  new Command('doctor')
    .description('checks what a deployment needs, in the order of docs/deploying.md, and says what to type')
    .action(async () => {
      // It takes clients of AWS that no other command needs.
      const { diagnose } = await import('./doctor/diagnose.ts');
      const faults = await diagnose(target());
      if (faults > 0) throw new OpsError(faults === 1 ? '1 thing is wrong.' : `${faults} things are wrong.`);
    }),
];
