import { Refused } from '../../contract/refused.ts';
import { chain, systemClock } from '../../pipeline/chain.ts';

/** The function of all requests that match no route. It reads nothing, and so may do nothing. */
export const handler = chain(undefined, systemClock, [], async () => {
  throw new Refused('route-non-existent');
});
