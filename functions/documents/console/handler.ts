import { type PageDocument, pageHandler } from '../page-document.ts';

/** Put here at bundling, by `infra/constructs/bundle.ts`. */
declare const PAGE_DOCUMENT: PageDocument;

/** The function of the console. */
export const handler = pageHandler(PAGE_DOCUMENT, 'console');
