import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { ConsoleDocument } from '../../functions/documents/console/console.ts';
import { project } from '../project.ts';
import { compressed } from './compressed.ts';

/** Those that know all of what the page is written in; esbuild says so when a younger syntax would be needed. */
const BROWSERS = ['chrome123', 'edge123', 'firefox121', 'safari17.5'];

/** A file of the console with everything it imports, minified, and from which files it was built. */
const built = (file: string): { source: string; inputs: string[] } => {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: project,
    entryPoints: [`web/console/${file}`],
    bundle: true,
    minify: true,
    format: 'iife',
    target: BROWSERS,
    charset: 'utf8',
    logLevel: 'warning',
    write: false,
    metafile: true,
  });
  return {
    source: outputFiles.map(({ text }) => text.trim()).join(''),
    inputs: Object.keys(metafile.inputs),
  };
};

const hashOf = (source: string): string => `sha256-${createHash('sha256').update(source).digest('base64')}`;

/**
 * Builds the console's document: script and style are in it, so that it is one request and its policy names both by hash.
 * esbuild escapes what would end a script or a style early. `inputs` are the files that esbuild read, from the project's root.
 */
export const buildConsole = (): { page: ConsoleDocument; inputs: string[] } => {
  const [script, style] = [built('main.tsx'), built('console.css')];
  const html = readFileSync(join(project, 'web/console/index.html'), 'utf8')
    .replace('/* style */', () => style.source)
    .replace('/* script */', () => script.source);
  const [scriptHash, styleHash] = [hashOf(script.source), hashOf(style.source)];
  return {
    page: { html, ...compressed(html), scriptHash, styleHash },
    inputs: [...script.inputs, ...style.inputs],
  };
};
