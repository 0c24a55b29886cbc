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
import { type Bind, resources } from './resources.ts';

/** Runs a route's action. */
const runAction: Run = (_event, { exchange }) =>
  found(exchange, 'action').run({
    params: found(exchange, 'params'),
    caller: found(exchange, 'caller'),
    now: exchange.now,
    requestId: exchange.requestId,
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
      contentType,
      decodeBody(route.sensitive),
      findToken,
      parseParams(route),
      authenticate(route),
      authorize(route),
    ],
    runAction,
  );
