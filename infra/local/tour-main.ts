/** Has the client of `client/` go round the stack that `npm start` runs: `npm run tour`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoData } from './demo.ts';
import { LOCAL_FOLDER, readRunningStack } from './running-stack.ts';
import { tour } from './tour.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

if (readRunningStack(LOCAL_FOLDER) === undefined) {
  say('No stack runs from this folder: start one with npm start.');
  process.exitCode = 1;
} else {
  const demo = JSON.parse(readFileSync(join(LOCAL_FOLDER, 'demo.json'), 'utf8')) as DemoData & {
    url: string;
  };
  await tour({ url: demo.url, token: demo.tokens.client }, say);
}
