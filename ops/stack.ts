import { existsSync, globSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import * as z from 'zod';
import type { Input } from './ask-secret.ts';
import { say } from './print.ts';
import { OpsError } from './target.ts';

/** Where `cdk deploy` and `cdk synth` put the source maps, unless they are told another folder. */
const MAPS = 'cdk.out/source-maps';

/** A line of the log, as far as it says whose it is. */
const lineSchema = z.object({ route: z.string() });

/** A value, if a text is one as JSON. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A source map, if there is such a file. */
const mapIn = (file: string): SourceMap | undefined =>
  existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined;

/** The source map of a file of a function; undefined if nothing is known of it. */
type MapOf = (file: string) => SourceMap | undefined;

/**
 * The source maps of a function.
 *
 * @param name its name, with or without the stage's before it
 * @throws {OpsError} that names those that there are
 */
const mapsOf = (maps: string, name: string): MapOf => {
  const own = mapIn(join(maps, `${name.replace(/^plano-orders-(dev|staging|production)-/, '')}.map`));
  if (own !== undefined)
    return (file) => (file === 'index.js' ? own : mapIn(join(maps, 'shared', `${file}.map`)));
  const there = globSync('*.map', { cwd: maps }).map((each) => each.replace(/\.map$/, ''));
  throw new OpsError(
    there.length === 0
      ? `--maps: there are no source maps in ${maps}.`
      : `--function: there is no ${name} in ${maps}; there are ${there.toSorted().join(', ')}.`,
  );
};

/** A place in a function's code, as a stack has it. */
const PLACE = /[^\s"'()]*\b(index\.js|hand-over\.js):(\d+):(\d+)/g;

/** A text with each place in a function's code as one in the sources; what no source is known of stays. */
export const readBack = (text: string, mapOf: MapOf): string =>
  text.replaceAll(PLACE, (place, built, line, column) => {
    const origin = mapOf(built)?.findOrigin(Number(line), Number(column));
    if (origin === undefined || !('fileName' in origin)) return place;
    const file = origin.fileName.replace(/^(\.\.\/)+/, '');
    return `${file}:${origin.lineNumber}:${origin.columnNumber}`;
  });

interface ReadOptions {
  maps: string;
  function?: string;
}

/** The commands that read what functions write of their faults. They act on no stage. */
export const stackCommands = (input: Input): Command[] => {
  const group = new Command('stack').description('reads the stacks of errors');
  group
    .command('read')
    .argument('[file]', 'a line of the log or a stack; else it is read from the standard input')
    .option('--maps <folder>', 'the source maps of the release that has written it', MAPS)
    .option('--function <name>', 'whose it is, such as orders-update; a line of a request says so itself')
    .description('prints a stack with its places in the sources')
    .action(async (file: string | undefined, { maps, function: named }: ReadOptions) => {
      const given = file === undefined ? await text(input) : readFileSync(file, 'utf8');
      const value = jsonOf(given);
      const name = named ?? lineSchema.safeParse(value).data?.route.replaceAll('/', '-');
      if (name === undefined) throw new OpsError('--function: the text does not say whose stack it is.');
      const shown = value === undefined ? given : JSON.stringify(value, undefined, 2);
      for (const line of readBack(shown, mapsOf(maps, name)).trimEnd().split('\n')) say(line);
    });
  return [group];
};
