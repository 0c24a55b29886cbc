import type { Route } from '../contract/define-route.ts';
import { Patience } from '../table/patience.ts';
import type { ActionRequest } from './action.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { chain, type Handler, type Run, systemClock } from './chain.ts';
import { contentType } from './content-type.ts';
import { decodeBody } from './decode-body.ts';
import { found } from './exchange.ts';
import { findToken } from './find-token.ts';
import { answeredThen, idempotencyKeyOf, oncePerKey, type Replay, replayed } from './idempotency.ts';
import { identify } from './identify.ts';
import { sendAgain } from './mail.ts';
import { parseParams } from './parse-params.ts';
import { readQuery } from './read-query.ts';
import { type Bind, type Outside, resources } from './resources.ts';

/**
 * What a request may lose to a table that is away or takes no more. A client is told so within 5 seconds, in which the action
 * has something to do of its own, and the team is told as well.
 */
const PATIENCE_MS = 3_500;

const OUTSIDE: Outside = {
  clock: systemClock,
  retries: () => ({ patience: new Patience(PATIENCE_MS) }),
};

/** Runs a route's action, once for each idempotency key. */
const runAction =
  (route: Route): Run =>
  async (event, { exchange }) => {
    const action = found(exchange, 'action');
    const request: ActionRequest<Route> = {
      params: found(exchange, 'params'),
      // There are those that the route's access calls for; see `ActionRequest`.
      caller: exchange.caller as never,
      opened: exchange.opened as never,
      now: exchange.now,
      requestId: exchange.requestId,
      source: exchange.source,
    };
    const replay: Replay = async (record) => {
      const more = action.replay ? await action.replay(request, record) : {};
      if (more === undefined) return undefined;
      const isSent = record.email_id === undefined || (await sendAgain(exchange, record.email_id));
      return { ...answeredThen(record, isSent), ...more };
    };
    if (exchange.doneBefore !== undefined) return replayed(exchange, exchange.doneBefore, replay);
    const key = idempotencyKeyOf(route, event, exchange);
    if (key !== undefined) exchange.idempotency = key;
    return oncePerKey(exchange, () => action.run(request), replay);
  };

/**
 * The function of a route: its action behind everything that stands before it, in the order in which a request is judged.
 *
 * @param bind binds the action to what it needs, for each request anew
 * @param outside what it has from outside, where that is not what functions have
 */
export const pipeline = <R extends Route>(route: R, bind: Bind<R>, outside = OUTSIDE): Handler<R['path']> =>
  chain(
    route,
    outside.clock,
    [
      resources(route, bind, outside),
      identify(route),
      ...(route.method === 'POST' ? [contentType, decodeBody(route.sensitive)] : [readQuery]),
      ...(route.access === 'anyone' ? [] : [findToken]),
      parseParams(route),
      ...(route.access === 'anyone' ? [] : [authenticate(route)]),
      ...(typeof route.access === 'object' ? [authorize(route.access.roles)] : []),
    ],
    runAction(route),
  );
