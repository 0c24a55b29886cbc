import { chain, systemClock } from '../../pipeline/chain.ts';
import { documentAnswer, documentRequest, type ServedDocument } from '../served-document.ts';
import type { ReferencePath } from './paths.ts';

/** Put here at bundling, by `infra/constructs/bundle.ts`. */
declare const REFERENCE_DOCUMENTS: Record<ReferencePath, ServedDocument>;

/**
 * The function of the reference: documents about the API for those who program against it, which are the same for everybody and
 * were made when the stacks were synthesised. Like the console it is none of the catalogue's routes.
 */
export const handler = chain(
  undefined,
  systemClock,
  [],
  async (event, { exchange }) => {
    exchange.status = 'action-successful';
    // The gateway passes requests for these paths and no others, however their characters are escaped.
    const [, path] = event.routeKey.split(' ') as [string, ReferencePath];
    return documentAnswer(REFERENCE_DOCUMENTS[path], documentRequest(event, exchange.requestId));
  },
  'reference',
);
