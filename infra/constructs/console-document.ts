import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConsoleDocument } from '../../functions/documents/console/console.ts';
import { project } from '../project.ts';
import { builtForBrowsers } from './built-for-browsers.ts';
import { compressed } from './compressed.ts';

/**
 * Builds the console's document: script and style are in it, so that it is one request and its policy names both by hash.
 * `inputs` are the files that esbuild read, from the project's root.
 */
export const buildConsole = (): { page: ConsoleDocument; inputs: string[] } => {
  const [script, style] = [builtForBrowsers('console/main.tsx'), builtForBrowsers('console/console.css')];
  const html = readFileSync(join(project, 'web/console/index.html'), 'utf8')
    .replace('/* style */', () => style.source)
    .replace('/* script */', () => script.source);
  return {
    page: { html, ...compressed(html), scriptHash: script.hash, styleHash: style.hash },
    inputs: [...script.inputs, ...style.inputs],
  };
};
