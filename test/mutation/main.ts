// Mutates the rules of each room, and counts which mutants the room's unit tests notice: `npm run mutation [-- room…]`.
// With `--mutate <files>`, only those files of one room are mutated.
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { ROOMS } from './rooms.ts';

/** Of a hundred mutants of a room, so many have to be noticed. */
const BREAK = 90;
const REPORTS = '.local/mutation';

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const mutate = (room: string, files: readonly string[]): Promise<MutantResult[]> => {
  // Stryker's workers, in which Vitest runs, get it with the rest of the environment.
  process.env.MUTATED_ROOM = room;
  return new Stryker({
    configFile: 'test/mutation/stryker.config.json',
    mutate: [...files],
    tempDirName: `${REPORTS}/sandbox`,
    htmlReporter: { fileName: `${REPORTS}/${room}.html` },
    jsonReporter: { fileName: `${REPORTS}/${room}.json` },
  }).runMutationTest();
};

const ofStatus = (results: readonly MutantResult[], ...statuses: MutantResult['status'][]): MutantResult[] =>
  results.filter(({ status }) => statuses.includes(status));

/** Percent of the mutants that were noticed; those that are ignored are not counted. */
const scoreOf = (results: readonly MutantResult[]): number => {
  const noticed = ofStatus(results, 'Killed', 'Timeout').length;
  const missed = ofStatus(results, 'Survived', 'NoCoverage').length;
  return (100 * noticed) / (noticed + missed);
};

const described = ({ fileName, location, mutatorName, replacement = '' }: MutantResult): string =>
  `${relative('.', fileName)}:${location.start.line}:${location.start.column} ${mutatorName}: ${replacement.replaceAll(/\s+/g, ' ').slice(0, 100)}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { mutate: { type: 'string', multiple: true } },
});
const rooms = positionals.length === 0 ? Object.keys(ROOMS) : positionals;
const table: Record<string, object> = {};
for (const room of rooms) {
  const results = await mutate(room, values.mutate ?? ROOMS[room] ?? []);
  for (const missed of ofStatus(results, 'Survived', 'NoCoverage')) say(described(missed));
  const score = scoreOf(results);
  table[room] = {
    noticed: ofStatus(results, 'Killed', 'Timeout').length,
    survived: ofStatus(results, 'Survived').length,
    'not reached': ofStatus(results, 'NoCoverage').length,
    ignored: ofStatus(results, 'Ignored').length,
    '%': Number(score.toFixed(1)),
  };
  if (!(score >= BREAK)) process.exitCode = 1;
}
// biome-ignore lint/suspicious/noConsole: nothing else draws a table.
console.table(table);
