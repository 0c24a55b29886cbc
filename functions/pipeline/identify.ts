import type { Route } from '../contract/define-route.ts';
import { Refused } from '../contract/refused.ts';
import { type DeploymentState, readDeploymentState } from '../deployments/deployment-state.ts';
import { type Middleware, need } from './exchange.ts';

/** How old what is known of the deployment may be: an operator's word holds everywhere within this time. */
const MAX_AGE_MS = 30_000;

/** Makes sure that the route and its service are deployed. Until then, a fault of ours is `identify-request-error`. */
export const identify = (route: Route): Middleware => {
  let known: { state: DeploymentState; readAt: number } | undefined;
  return {
    before: async ({ context: { exchange } }) => {
      const now = exchange.now.getTime();
      if (known === undefined || now - known.readAt >= MAX_AGE_MS) {
        known = { state: await readDeploymentState(need(exchange, 'table'), route), readAt: now };
      }
      exchange.identified = true;
      if (!known.state.service) throw new Refused('service-not-found');
      if (!known.state.route) throw new Refused('route-not-found');
    },
  };
};
