import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The rooms whose rules need nothing but values. */
const ROOMS =
  'test/{contract,table,notifications,outbox,accounts,clients,orders,deployments,pipeline}/**/*.test.ts';

/** What `global-setup.ts` provides is asked for with this: a database, or what was synthesised. */
const ASKS = /\binject\(/;
/** Modules that keep, as an instance of a function does, what they have found around them, such as where the table is. */
const KEEPS = /functions\/(.*\/handler|pipeline\/(pipeline|job|resources))\.ts'/;
const IMPORT = /from '(\.[^']*)'/g;

/** Whether a file of the tests, or one of theirs that it imports, has that in its text. */
const has = (pattern: RegExp, file: string, seen = new Set<string>()): boolean => {
  if (!/^test\/.*\.ts$/.test(file) || seen.has(file)) return false;
  seen.add(file);
  const text = readFileSync(join(ROOT, file), 'utf8');
  return (
    pattern.test(text) ||
    [...text.matchAll(IMPORT)].some(([, path = '']) => has(pattern, join(dirname(file), path), seen))
  );
};

/** The test files that need neither a database nor a synthesis, below a folder; which they are shows in what they import. */
export const unitTests = (below = 'test'): string[] =>
  globSync(ROOMS, { cwd: ROOT })
    .filter((file) => file.startsWith(`${below}/`) && !has(ASKS, file))
    .toSorted();

/** Of the others, those that call functions in their own process, and not as instances. */
export const testsInProcess = (): string[] => {
  const unit = new Set(unitTests());
  return globSync('test/**/*.test.ts', { cwd: ROOT }).filter((file) => !unit.has(file) && has(KEEPS, file));
};
