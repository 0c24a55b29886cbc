import { Command } from 'commander';
import { closeCircuit } from '../functions/outbox/channels/email/mandrill-circuit.ts';
import { mandrillKeyName } from '../infra/stages.ts';
import { askSecret, type Input } from './ask-secret.ts';
import { recordFirst } from './audit.ts';
import { MandrillFault, pingMandrill } from './mandrill.ts';
import { say } from './print.ts';
import { storeSecret } from './store-secret.ts';
import { OpsError, stageOf, type Target, tableOf } from './target.ts';

const storeKey = async (target: Target, key: string): Promise<void> => {
  const name = mandrillKeyName(stageOf(target));
  await recordFirst(target, 'secrets set-mandrill-key', { kind: 'parameter', id: name });
  await storeSecret(target, name, key);
  say(`Stored in the parameter ${name}. Functions that hold another key use it until Mandrill refuses that.`);
  // Should Mandrill count as away for the key's sake, it is asked again at once.
  await closeCircuit(tableOf(target));
};

const setMandrillKey = async (target: Target, input: Input, unchecked: boolean): Promise<void> => {
  const key = await askSecret('Mandrill’s key (not shown): ', input);
  if (!unchecked) {
    await pingMandrill(target.mandrillUrl, key).catch((error: unknown) => {
      if (!(error instanceof MandrillFault)) throw error;
      throw new OpsError(`${error.message} Nothing was stored; --unchecked stores it all the same.`);
    });
    say('Mandrill takes the key.');
  }
  await storeKey(target, key);
};

/** The commands for what must be known to nobody else. A secret is never an argument: those are seen by others. */
export const secretCommands = (target: () => Target, input: Input = process.stdin): Command[] => {
  const group = new Command('secrets').description('sets what must be known to nobody else');
  group
    .command('set-mandrill-key')
    .option('--unchecked', 'without asking Mandrill whether it takes the key')
    .description('stores Mandrill’s key, which it asks for, or takes from the first line of its input')
    // Commander would repeat in its error what it does not expect.
    .allowExcessArguments()
    .action(async ({ unchecked = false }: { unchecked?: boolean }, { args }: Command) => {
      if (args.length > 0) {
        throw new OpsError(
          'A key is no argument: others can see those, and the shell keeps them. Replace it at Mandrill.',
        );
      }
      await setMandrillKey(target(), input, unchecked);
    });
  return [group];
};
