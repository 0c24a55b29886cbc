import { escapeHtml } from '../../outbox/channels/email/html.ts';
import type { ServiceSection } from './docs.ts';
import { type Block, FIRST_GUIDES, type Guide, LAST_GUIDES } from './docs-guides.ts';
import { breakable, heading, linkTo, listOf, method, type Prose, pre, proseWith } from './docs-html-prose.ts';
import { htmlOfRoute } from './docs-html-route.ts';

const htmlOfBlock = (block: Block, prose: Prose): string => {
  if ('text' in block) return `<p>${prose(block.text)}</p>`;
  if ('list' in block) return listOf(block.list.map(prose));
  if ('code' in block) return pre(block.code);
  if ('terms' in block) {
    const terms = block.terms.map(
      ({ id, term, is }) =>
        `<div><dt id="${id}"><a class="self" href="#${id}"><code>${term}</code></a></dt><dd>${prose(is)}</dd></div>`,
    );
    return `<dl class="terms">${terms.join('')}</dl>`;
  }
  const head = block.head.map((cell) => `<th scope="col">${cell}</th>`).join('');
  const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${prose(cell)}</td>`).join('')}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
};

const htmlOfGuide = ({ id, title, blocks }: Guide, prose: Prose): string =>
  `<section class="guide">${heading(2, id, title)}${blocks.map((block) => htmlOfBlock(block, prose)).join('')}</section>`;

const htmlOfService = ({ id, title, purpose, routes }: ServiceSection, prose: Prose): string => {
  const links = routes.map(
    (route) =>
      `<div><dt>${method(route.method)} <a href="#${route.id}">${breakable(route.path)}</a></dt><dd>${prose(route.summary)}</dd></div>`,
  );
  return `<section class="service">${heading(2, id, title)}<p>${prose(purpose)}</p><dl class="overview">${links.join('')}</dl>${routes.map((route) => htmlOfRoute(route, prose)).join('')}</section>`;
};

const contentsOf = (services: readonly ServiceSection[]): string =>
  listOf([
    ...FIRST_GUIDES.map(({ id, title }) => linkTo(id, title)),
    ...services.map(
      ({ id, title, routes }) =>
        `${linkTo(id, title)}${listOf(routes.map((route) => linkTo(route.id, breakable(route.path))))}`,
    ),
    ...LAST_GUIDES.map(({ id, title }) => linkTo(id, title)),
  ]);

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%230b5c8a'/%3E%3Cpath d='M5.5 12.5v-9h3a2.75 2.75 0 0 1 0 5.5h-3' fill='none' stroke='%23fff' stroke-width='1.8'/%3E%3C/svg%3E";

/** The reference as one document, which loads nothing: style and script are in it, and it is whole without its script. */
export const docsHtml = (
  services: readonly ServiceSection[],
  release: string,
  { style, script }: { style: string; script: string },
): string => {
  const prose = proseWith(new Set(services.flatMap(({ routes }) => routes.map(({ path }) => path))));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="The reference of the Plano Orders API: every route with its parameters, examples and responses.">
<title>Plano Orders API reference</title>
<link rel="icon" href="${ICON}">
<link rel="alternate" type="text/markdown" href="/docs.md">
<style>${style}</style>
</head>
<body id="top">
<a class="skip" href="#reference">Skip to the reference</a>
<header class="top"><a class="brand" href="#top">Plano Orders <span class="soft">API reference</span></a><a class="to-contents" href="#contents">Contents</a></header>
<main>
<div class="intro">
<h1>Plano Orders API</h1>
<p class="lead">Orders, their line items and appointments: for clients, for those who look after them, and for programs.</p>
<p class="soft">Release ${escapeHtml(release)}. The same <a href="/docs.md">as Markdown</a> and <a href="/openapi.json">as OpenAPI 3.1</a>.</p>
</div>
<nav id="contents" aria-label="Contents">${contentsOf(services)}</nav>
<div id="reference">
${FIRST_GUIDES.map((guide) => htmlOfGuide(guide, prose)).join('\n')}
${services.map((service) => htmlOfService(service, prose)).join('\n')}
${LAST_GUIDES.map((guide) => htmlOfGuide(guide, prose)).join('\n')}
</div>
</main>
<script>${script}</script>
</body>
</html>
`;
};
