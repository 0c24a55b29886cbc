import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { SOURCE_MAPS } from '../../infra/constructs/bundle.ts';
import { startFunctions } from '../../infra/local/functions.ts';
import { project } from '../../infra/project.ts';
import { runProgram } from '../support/ops.ts';

/** A function that runs as it is deployed, without the name of its table, and so crashes. */
const { functions } = inject('assembly');
const maps = join(functions[0]?.codePath ?? '', '..', SOURCE_MAPS);
const broken = functions.filter(({ name }) => name === 'plano-orders-dev-orders-show');

let line = '';
let running: ReturnType<typeof startFunctions>;
beforeAll(async () => {
  running = startFunctions(broken, {
    overrides: { TABLE_NAME: '' },
    onLog: (_, written) => {
      if (written.includes('"faults"')) line = written;
    },
  });
  await running.invoke('plano-orders-dev-orders-show', { headers: {}, requestContext: {} });
});
afterAll(() => running.close());

/** Reads a text as somebody does who pipes it into the command, where no stack runs that could be acted on. */
const read = (text: string, ...words: string[]) =>
  runProgram(
    () => {
      throw new Error('It acts on no stage.');
    },
    ['stack', 'read', ...words],
    new PassThrough().end(text),
  );

it('A stack in a line of the log is read back to the line of the source at which it was thrown', async () => {
  const { stdout, failure } = await read(line, '--maps', maps);
  expect(failure).toBeUndefined();
  const places = [...stdout.matchAll(/\((functions\/[^:)]*\.ts):(\d+):\d+\)/g)];
  const lines = places.map(
    ([, file = '', number]) => readFileSync(join(project, file), 'utf8').split('\n')[Number(number) - 1],
  );
  expect(lines[0]).toContain('environmentSchema.parse(process.env)');
  expect(stdout).not.toMatch(/asset\.\w+/);
});

it('A stack that Lambda itself has written is read back when its function is named, with the stage or without', async () => {
  const [place] = /index\.js:\d+:\d+/.exec(line) ?? [];
  for (const name of ['orders-show', 'plano-orders-production-orders-show']) {
    const given = `Error: no\n    at a (/var/task/${place})\n    at node:internal/timers:1:2\n`;
    const { stdout } = await read(given, '--maps', maps, '--function', name);
    expect(stdout).toMatch(
      /^Error: no\n {4}at a \((functions|node_modules)\/\S+:\d+:\d+\)\n {4}at node:internal\/timers:1:2\n$/,
    );
  }
});

it('A stack of what hands e-mails over, which is a file of its own, is read back as well', async () => {
  const given = 'Error: no\n    at a (/var/task/hand-over.js:1:9000)\n';
  const { stdout } = await read(given, '--maps', maps, '--function', 'orders-update');
  expect(stdout).toMatch(/^Error: no\n {4}at a \((functions|node_modules)\/\S+:\d+:\d+\)\n$/);
});

it.each([
  ['of which nobody says whose it is', 'at a (index.js:1:2)', maps, '--function: the text does not say'],
  ['of a function that there is not', '{"route": "orders/fly"}', maps, '--function: there is no orders-fly'],
  [
    'without source maps',
    '{"route": "orders/show"}',
    '/nowhere',
    '--maps: there are no source maps in /nowhere',
  ],
])('A stack %s is refused with the option that is wrong', async (_, given, folder, message) => {
  const { failure } = await read(given, '--maps', folder);
  expect(failure?.message).toContain(message);
});
