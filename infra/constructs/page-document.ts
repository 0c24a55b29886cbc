import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageDocument } from '../../functions/documents/page-document.ts';
import { project } from '../project.ts';
import { builtForBrowsers } from './built-for-browsers.ts';
import { compressed } from './compressed.ts';

/** The pages for people, by the folder of each below `web` and below `functions/documents`. */
export const PAGES = ['console', 'account'] as const;
type PageName = (typeof PAGES)[number];

/**
 * Builds the document of a page: script and style are in it, so that it is one request and its policy names both by hash.
 * `inputs` are the files that esbuild read, from the project's root.
 */
export const buildPage = (name: PageName): { page: PageDocument; inputs: string[] } => {
  const [script, style] = [builtForBrowsers(`${name}/main.tsx`), builtForBrowsers(`${name}/${name}.css`)];
  const html = readFileSync(join(project, `web/${name}/index.html`), 'utf8')
    .replace('/* style */', () => style.source)
    .replace('/* script */', () => script.source);
  return {
    page: { html, ...compressed(html), scriptHash: script.hash, styleHash: style.hash },
    inputs: [...script.inputs, ...style.inputs],
  };
};
