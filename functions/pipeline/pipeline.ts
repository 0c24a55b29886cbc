import type { Route } from '../contract/define-route.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { chain, type Handler, type Run, systemClock } from './chain.ts';
import { contentType } from './content-type.ts';
import { decodeBody } from './decode-body.ts';
import { found } from './exchange.ts';
import { findToken } from './find-token.ts';
import { identify } from './identify.ts';
import { parseParams } from './parse-params.ts';
import { readQuery } from './read-query.ts';
import { type Bind, resources } from './resources.ts';

/** Runs a route's action. */
const runAction: Run = (_event, { exchange }) =>
  found(exchange, 'action').run({
    params: found(exchange, 'params'),
    // There are those that the route's access calls for; see `ActionRequest`.
    caller: exchange.caller as never,
    opened: exchange.opened as never,
    now: exchange.now,
    requestId: exchange.requestId,
    source: exchange.source,
  });

/**
 * The function of a route: its action behind everything that stands before it, in the order in which a request is judged.
 *
 * @param bind binds the action to what it needs, for each request anew
 * @param clock tells the time
 */
export const pipeline = <R extends Route>(
  route: R,
  bind: Bind<R>,
  clock: () => Date = systemClock,
): Handler<R['path']> =>
  chain(
    route,
    clock,
    [
      resources(route, bind, clock),
      identify(route),
      ...(route.method === 'POST' ? [contentType, decodeBody(route.sensitive)] : [readQuery]),
      ...(route.access === 'anyone' ? [] : [findToken]),
      parseParams(route),
      ...(route.access === 'anyone' ? [] : [authenticate(route)]),
      ...(typeof route.access === 'object' ? [authorize(route.access.roles)] : []),
    ],
    runAction,
  );
