import type { Route } from '../contract/define-route.ts';
import { type Fault, fault, shownName, UNKNOWN } from '../contract/faults.ts';
import { readParams } from '../contract/read-params.ts';
import { type Middleware, need } from './exchange.ts';
import { keyFaults } from './idempotency.ts';

/** The parameters of a `POST` are in its body: one in the query string would be dropped in silence. */
const strayFaults = (names: readonly string[]): Fault[] =>
  names.map((name) => fault(shownName(name), UNKNOWN, 'is not a parameter of the query string'));

/** Reads the parameters by the route's schema. Their faults are kept: a fault of the token is judged before them. */
export const parseParams = (route: Route): Middleware => ({
  before: ({ event, context: { exchange } }) => {
    const names = route.method === 'POST' ? Object.keys(event.queryStringParameters ?? {}) : [];
    // A token there is a fault of the token.
    const stray = [
      ...strayFaults(names.filter((name) => route.access === 'anyone' || name !== 'token')),
      ...keyFaults(route, event),
    ];
    exchange.params = readParams(route.params, need(exchange, 'raw'), stray);
  },
});
