import { pageHeaders } from '../../functions/documents/page-headers.ts';
import { servicesOf } from '../../functions/documents/reference/docs.ts';
import { docsHtml } from '../../functions/documents/reference/docs-html.ts';
import { docsMarkdown } from '../../functions/documents/reference/docs-markdown.ts';
import { openApiDocument } from '../../functions/documents/reference/openapi.ts';
import type { ReferencePath } from '../../functions/documents/reference/paths.ts';
import type { ServedDocument } from '../../functions/documents/served-document.ts';
import { documentedRoutes } from '../../functions/routes/documented.ts';
import project from '../../package.json' with { type: 'json' };
import { builtForBrowsers } from './built-for-browsers.ts';
import { compressed } from './compressed.ts';

const served = (contentType: string, text: string): ServedDocument => ({
  contentType,
  text,
  ...compressed(text),
});

/** The OpenAPI document of this release. */
export const openApi = () => openApiDocument(documentedRoutes, project.version);

/** Makes the documents of the reference, of the routes' definitions and their prose. */
export const buildReference = (): Record<ReferencePath, ServedDocument> => {
  const services = servicesOf(documentedRoutes);
  const [script, style] = [builtForBrowsers('docs/main.tsx'), builtForBrowsers('docs/docs.css')];
  const sources = { script: script.source, style: style.source };
  return {
    '/docs': {
      ...served('text/html; charset=utf-8', docsHtml(services, project.version, sources)),
      headers: pageHeaders({ scriptHash: script.hash, styleHash: style.hash }),
    },
    '/docs.md': served('text/markdown; charset=utf-8', docsMarkdown(services, project.version)),
    '/openapi.json': served('application/json', JSON.stringify(openApi())),
  };
};
