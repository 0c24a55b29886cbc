import { type PageDocument, pageHandler } from '../page-document.ts';

/** Put here at bundling, by `infra/constructs/bundle.ts`. */
declare const PAGE_DOCUMENT: PageDocument;

/** The function of the pages on which people look after their accounts. */
export const handler = pageHandler(PAGE_DOCUMENT, 'account');
