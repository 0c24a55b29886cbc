import { createHash } from 'node:crypto';
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** So many results are kept, those that were used last: whoever goes to and fro between some branches waits for none. */
const KEPT = 4;

/** The file in a result that says what it was made of. It is written last, so that what was interrupted has none. */
const MADE_OF = 'made-of.json';

interface MadeOf {
  /** The hash of the files that the patterns found. */
  sources: string;
  /** The other files, which only the making could tell, and their hash. */
  others: string[];
  othersHash: string;
}

export interface KeptOptions {
  /** Where results are kept, in a folder each. */
  store: string;
  /** The folder to which files and patterns are relative. */
  root: string;
  /** The patterns of the files of which it is made; a file more or less counts as well. */
  sources: string[];
  /** Makes the result in an empty folder, and gives the other files that went into it. */
  make: (folder: string) => Promise<string[]>;
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** The hash of what a file holds; null for a folder, and for what is gone, maybe just now. */
const contentOf = (file: string): string | null => {
  try {
    return sha256(readFileSync(file));
  } catch {
    return null;
  }
};

/** By what files hold, not by their times, which a checkout or a copy of the folder touches. */
const hashOf = (root: string, files: string[]): string =>
  sha256(JSON.stringify(files.toSorted().map((file) => [file, contentOf(join(root, file))])));

/** When something was used last, in milliseconds; undefined when another process has just removed it. */
const usedAt = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** The results of a store, those that are just being made among them, the one that was used last first. */
const resultsIn = (store: string): string[] =>
  readdirSync(store)
    .map((name) => join(store, name))
    .sort((a, b) => (usedAt(b) ?? 0) - (usedAt(a) ?? 0));

/** What a result was made of; undefined when it was interrupted, or removed meanwhile. */
const madeOfIn = (folder: string): MadeOf | undefined => {
  try {
    return JSON.parse(readFileSync(join(folder, MADE_OF), 'utf8'));
  } catch {
    return undefined;
  }
};

/**
 * A folder with what is made of files: what was made of the very same before, or something new. It never changes, but whoever
 * has use for it for long has to copy it, since only the last few are kept. Several processes may ask at once; they may then
 * make the same twice.
 */
export const kept = async ({ store, root, sources, make }: KeptOptions): Promise<string> => {
  mkdirSync(store, { recursive: true });
  const hashNow = () => hashOf(root, globSync(sources, { cwd: root }));
  const before = hashNow();
  const found = resultsIn(store).find((folder) => {
    const madeOf = madeOfIn(folder);
    return madeOf?.sources === before && madeOf.othersHash === hashOf(root, madeOf.others);
  });
  if (found !== undefined) {
    utimesSync(found, new Date(), new Date());
    return found;
  }
  const folder = mkdtempSync(join(store, 'made-'));
  const others = await make(folder).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  // When something was edited meanwhile, nobody knows how much of it is in the result, which is then good for this once.
  if (hashNow() === before) {
    const madeOf: MadeOf = { sources: before, others, othersHash: hashOf(root, others) };
    writeFileSync(join(folder, MADE_OF), JSON.stringify(madeOf));
  }
  for (const old of resultsIn(store).slice(KEPT)) rmSync(old, { recursive: true, force: true });
  return folder;
};
