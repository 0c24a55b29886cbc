import { chain, systemClock } from '../../pipeline/chain.ts';
import { documentRequest } from '../served-document.ts';
import { type ConsoleDocument, pageAnswer } from './console.ts';

/** Put here at bundling, by `infra/constructs/bundle.ts`. */
declare const CONSOLE_DOCUMENT: ConsoleDocument;

/**
 * The function of the console's page, which is the same for everybody. What the page shows it asks of the API, with the
 * token of whoever signs in. It is none of the catalogue's routes: it answers no envelope, and it has no deployment record,
 * since it is where people look when something was withdrawn.
 */
export const handler = chain(
  undefined,
  systemClock,
  [],
  async (event, { exchange }) => {
    exchange.status = 'action-successful';
    return pageAnswer(CONSOLE_DOCUMENT, documentRequest(event, exchange.requestId));
  },
  'console',
);
