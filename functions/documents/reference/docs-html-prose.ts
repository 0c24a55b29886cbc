import { escapeHtml } from '../../outbox/channels/email/html.ts';
import { idOf } from './docs.ts';

/** Turns prose into HTML: what is between backticks is code, and a route's path leads to its section. */
export type Prose = (text: string) => string;

/** @param paths those of routes */
export const proseWith =
  (paths: ReadonlySet<string>): Prose =>
  (text) =>
    text
      .split('`')
      .map((part, index) => {
        if (index % 2 === 0) return escapeHtml(part);
        const code = `<code>${escapeHtml(part)}</code>`;
        return paths.has(part) ? `<a href="#${idOf(part)}">${code}</a>` : code;
      })
      .join('');

/** What is code from its first line to its last. */
export const pre = (code: string): string => `<pre><code>${escapeHtml(code)}</code></pre>`;

export const paragraphs = (texts: readonly string[], prose: Prose): string =>
  texts.map((text) => `<p>${prose(text)}</p>`).join('');

export const listOf = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

/** A heading that is a link to itself, so that its address can be copied. */
export const heading = (level: number, id: string, title: string, more = ''): string =>
  `<h${level} id="${id}"><a class="self" href="#${id}">${title}</a>${more}</h${level}>`;

export const method = (name: string): string => `<span class="method ${name.toLowerCase()}">${name}</span>`;

/** A path that is broken, where there is no room for it, behind its stroke. */
export const breakable = (path: string): string => path.replace('/', '/<wbr>');

export const linkTo = (id: string, title: string): string => `<a href="#${id}">${title}</a>`;
