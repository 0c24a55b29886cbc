import { createHash } from 'node:crypto';
import { buildSync } from 'esbuild';
import { project } from '../project.ts';

/** Those that know all of what the pages are written in; esbuild says so when a younger syntax would be needed. */
const BROWSERS = ['chrome123', 'edge123', 'firefox121', 'safari17.5'];

/** A script or a style that stands within its page. */
export interface BuiltSource {
  source: string;
  /** By which the policy of the page names it. */
  hash: string;
  /** The files that it was built from, from the project's root. */
  inputs: string[];
}

/** A file below `web` with everything it imports, minified. esbuild escapes what would end a script or a style early. */
export const builtForBrowsers = (file: string): BuiltSource => {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: project,
    entryPoints: [`web/${file}`],
    bundle: true,
    minify: true,
    format: 'iife',
    target: BROWSERS,
    charset: 'utf8',
    logLevel: 'warning',
    write: false,
    metafile: true,
  });
  const source = outputFiles.map(({ text }) => text.trim()).join('');
  return {
    source,
    hash: `sha256-${createHash('sha256').update(source).digest('base64')}`,
    inputs: Object.keys(metafile.inputs),
  };
};
