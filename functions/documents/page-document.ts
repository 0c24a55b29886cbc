import { chain, systemClock } from '../pipeline/chain.ts';
import { pageHeaders } from './page-headers.ts';
import { type CompressedText, documentAnswer, documentRequest } from './served-document.ts';

/** A page for people as it was built: one document with its script and its style in it. */
export interface PageDocument extends CompressedText {
  html: string;
  /** The sources that its policy allows to run and to style. */
  scriptHash: string;
  styleHash: string;
}

/**
 * The function of a page, which is the same for everybody. What the page shows it asks of the API, with the token of whoever signs
 * in. It is none of the catalogue's routes: it answers no envelope, and it has no deployment record, since it is where people look
 * when something was withdrawn.
 *
 * @param name what the log and the metrics call it
 */
export const pageHandler = (page: PageDocument, name: string) =>
  chain(
    undefined,
    systemClock,
    [],
    async (event, { exchange }) => {
      exchange.status = 'action-successful';
      return documentAnswer(
        { ...page, text: page.html, contentType: 'text/html; charset=utf-8', headers: pageHeaders(page) },
        documentRequest(event, exchange.requestId),
      );
    },
    name,
  );
