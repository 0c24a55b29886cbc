import { execFileSync } from 'node:child_process';
import packageJson from '../package.json' with { type: 'json' };
import { project } from './project.ts';

/** What git says of a folder; undefined where there is no git, or no checkout with a commit. */
const git = (folder: string, ...words: string[]): string | undefined => {
  try {
    return execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
};

/**
 * What the release of this checkout is called when nobody gives it a name: the version of `package.json`, with the commit, such
 * as `1.4.0+5167f4c`, and `-dirty` when files are not as they were committed, new ones included. Where no commit is known it is
 * the version alone.
 */
export const releaseOfCheckout = (folder = project, version = packageJson.version): string => {
  const commit = git(folder, 'rev-parse', '--short', 'HEAD');
  if (commit === undefined) return version;
  const isDirty = git(folder, 'status', '--porcelain', '.') !== '';
  return `${version}+${commit}${isDirty ? '-dirty' : ''}`;
};
