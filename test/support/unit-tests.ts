import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The rooms whose rules need nothing but values: their tests can share a worker. */
const ROOMS =
  'test/{contract,table,notifications,outbox,accounts,clients,orders,deployments,pipeline}/**/*.test.ts';

/** What `global-setup.ts` provides is asked for with this: a database, or what was synthesised. */
const ASKS = /\binject\(/;
const IMPORT = /from '(\.[^']*)'/g;

/** Whether a file of the tests, or one that it imports, asks for what `global-setup.ts` provides. */
const needsSetup = (file: string, seen: Set<string>): boolean => {
  if (!/^test\/.*\.ts$/.test(file) || seen.has(file)) return false;
  seen.add(file);
  const text = readFileSync(join(ROOT, file), 'utf8');
  return (
    ASKS.test(text) ||
    [...text.matchAll(IMPORT)].some(([, path = '']) => needsSetup(join(dirname(file), path), seen))
  );
};

/** The test files that need neither a database nor a synthesis, below a folder; which they are shows in what they import. */
export const unitTests = (below = 'test'): string[] =>
  globSync(ROOMS, { cwd: ROOT })
    .filter((file) => file.startsWith(`${below}/`) && !needsSetup(file, new Set()))
    .toSorted();
