import type { Route } from '../contract/define-route.ts';
import { Refused } from '../contract/refused.ts';
import { findUndeployed, type Undeployed } from '../deployments/deployment-state.ts';
import { type Exchange, type Middleware, need } from './exchange.ts';

/** How old what is known of the deployment may be: an operator's word holds everywhere within this time. */
const MAX_AGE_MS = 30_000;
/** For so long an operator may withdraw something, to repair it, before that counts as forgotten. */
const FORGOTTEN_MS = 60 * 60_000;

/** What the team has to be told of something that is asked for and not deployed; nothing when an operator has just withdrawn it. */
const missingOf = ({ kind, name, withdrawn_at }: Undeployed, now: number): Exchange['missing'] => {
  const status = `${kind}-not-found` as const;
  if (withdrawn_at === undefined) return { kind: status, cause: `${name}: no record` };
  const isForgotten = withdrawn_at <= new Date(now - FORGOTTEN_MS).toISOString();
  return isForgotten ? { kind: status, cause: `${name}: withdrawn since ${withdrawn_at}` } : undefined;
};

/**
 * Makes sure that the route and its service are deployed. Until that is known, a fault of ours is `identify-request-error`. What is
 * missing the team is told of once for each reading of the records, so that many requests cost no more than a few.
 *
 * Where a token is read next, the records are read in one batch with it: whoever reads it waits for `exchange.identifying` before
 * judging it, and whatever else a request is refused for before that gives way to what is found here.
 */
export const identify = (route: Route): Middleware => {
  let known: { undeployed: Undeployed | undefined; readAt: number; isTold: boolean } | undefined;

  const judge = async (exchange: Exchange): Promise<void> => {
    const now = exchange.now.getTime();
    if (known === undefined || now - known.readAt >= MAX_AGE_MS) {
      const undeployed = await findUndeployed(need(exchange, 'table'), route);
      known = { undeployed, readAt: now, isTold: false };
    }
    exchange.identified = true;
    const { undeployed } = known;
    if (undeployed === undefined) return;
    if (!known.isTold) {
      exchange.missing = missingOf(undeployed, now);
      known.isTold = exchange.missing !== undefined;
    }
    throw new Refused(`${undeployed.kind}-not-found`);
  };

  return {
    before: async ({ context: { exchange } }) => {
      const identifying = judge(exchange);
      exchange.identifying = identifying;
      // It is known already, or nothing is read next.
      if (exchange.identified || route.access === 'anyone') await identifying;
      // Whoever waits for it hears of it.
      else identifying.catch(() => undefined);
    },
    onError: async (request) => {
      await request.context.exchange.identifying.catch((error: Error) => {
        request.error = error;
      });
    },
  };
};
