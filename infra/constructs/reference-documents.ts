import { openApiDocument } from '../../functions/documents/reference/openapi.ts';
import type { ReferencePath } from '../../functions/documents/reference/paths.ts';
import type { ServedDocument } from '../../functions/documents/served-document.ts';
import { documentedRoutes } from '../../functions/routes/documented.ts';
import project from '../../package.json' with { type: 'json' };
import { compressed } from './compressed.ts';

const served = (contentType: string, text: string): ServedDocument => ({
  contentType,
  text,
  ...compressed(text),
});

/** The OpenAPI document of this release. */
export const openApi = () => openApiDocument(documentedRoutes, project.version);

/** Makes the documents of the reference, of the routes' definitions and their prose. */
export const buildReference = (): Record<ReferencePath, ServedDocument> => ({
  '/openapi.json': served('application/json', JSON.stringify(openApi())),
});
