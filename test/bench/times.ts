import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { anEvent } from '../support/events.ts';
import type { Sent } from './cases.ts';
import type { Done, MeteredStack } from './counts.ts';
import { Replay } from './replay.ts';

/** CPU of all threads of a process, one sample a process. */
export interface Times {
  /** Milliseconds, from the start of the process to its first answer. */
  cold: number[];
  /** Microseconds, of one request. */
  warm: number[];
}

const TIMED = join(import.meta.dirname, 'timed.mjs');
/** Milliseconds of CPU in which a process gets warm, by when what is used often is compiled, and those that count. */
const [WARMING, COUNTED] = [1_000, 500];

const eventOf = ({ case: { route } }: Done, { token, query, params }: Sent) => {
  const headers = { ...(token && { authorization: `Bearer ${token}` }) };
  if (route.method === 'GET') return anEvent({ headers, query: query ?? {} });
  const json = JSON.stringify(params);
  const body = route.sensitive ? Buffer.from(json).toString('base64') : json;
  return anEvent({ headers: { ...headers, 'idempotency-key': 'one' }, body });
};

/** Answers in a process of its own, and gives how long that took; nothing where the answers are not all the same. */
const sample = async (
  { codePath, environment }: { codePath: string; environment: Record<string, string> },
  eventFile: string,
): Promise<{ cold: number; warm: number } | undefined> => {
  const args = [TIMED, join(codePath, 'index.js'), eventFile, String(WARMING), String(COUNTED)];
  const child = spawn(process.execPath, args, {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const [report] = await Promise.all([text(child.stdio[3] as Readable), once(child, 'exit')]);
  const { cold, warm, others, status } = JSON.parse(report);
  const isSound = others === 0 && ['action-successful', 'client-required'].includes(status);
  return isSound ? { cold, warm } : undefined;
};

/**
 * Times what was done, each case in processes of its own, between which the others come, so that what else the machine does
 * meanwhile meets all of them. DynamoDB's answers are those that were given then, over loopback.
 *
 * @param rounds how many processes there are for each case
 * @param say hears of each round
 */
export const timesOf = async (
  { api, functions }: MeteredStack,
  all: readonly Done[],
  { folder, rounds, say }: { folder: string; rounds: number; say: (line: string) => void },
): Promise<Map<string, Times>> => {
  const replay = await Replay.start();
  const times = new Map<string, Times>(all.map((done) => [done.case.name, { cold: [], warm: [] }]));
  const eventFile = join(folder, 'event.json');
  for (let round = 1; round <= rounds; round += 1) {
    for (const done of all) {
      const { codePath = '' } = functions.find(({ name }) => name === done.functionName) ?? {};
      const environment = {
        ...api.stack.environmentOf(done.functionName),
        AWS_ENDPOINT_URL_DYNAMODB: replay.endpoint,
      };
      replay.play(done);
      writeFileSync(eventFile, JSON.stringify(eventOf(done, done.sent)));
      const taken = await sample({ codePath, environment }, eventFile);
      if (taken === undefined) say(`${done.case.name} is answered in other ways when it is replayed`);
      times.get(done.case.name)?.cold.push(...(taken ? [taken.cold] : []));
      times.get(done.case.name)?.warm.push(...(taken ? [taken.warm] : []));
    }
    say(`timed: round ${round} of ${rounds}`);
  }
  await replay.stop();
  return times;
};
