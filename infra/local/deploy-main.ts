/** Deploys this checkout to the stack that `npm start` runs: `npm run deploy:local`, or `npm run deploy:local -- <release>`. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { releaseOfCheckout } from '../checkout.ts';
import { DEPLOYMENTS, LOCAL_FOLDER, readRunningStack } from './running-stack.ts';
import { SynthesisFailedError, synthesised } from './synthesis.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** @returns why not, if it could not be deployed */
const deploy = async (release: string): Promise<string | undefined> => {
  const running = readRunningStack(LOCAL_FOLDER);
  if (running === undefined) return 'No stack runs from this folder: start one with npm start.';
  // The code of releases before is in folders of their own, from which it is run.
  const folder = join(DEPLOYMENTS, String(Date.now()));
  await synthesised(folder, { onSynthesis: () => say('Synthesising the stack …') });
  const response = await fetch(`${running.control}/deployments`, {
    method: 'POST',
    body: JSON.stringify({ folder, release }),
  });
  if (response.ok) return undefined;
  return `Not deployed. ${z.object({ message: z.string() }).parse(await response.json()).message}`;
};

try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const release = positionals[0] ?? releaseOfCheckout();
  const fault = await deploy(release);
  if (fault !== undefined) process.exitCode = 1;
  say(
    fault ??
      `Release ${release} is deployed. Which answers, and which can be gone back to: npm run ops -- releases list`,
  );
} catch (error) {
  if (!(error instanceof SynthesisFailedError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
