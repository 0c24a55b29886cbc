import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { RESERVE_MS } from '../adapters/deadline.ts';
import type { Route } from '../contract/define-route.ts';
import { Refused } from '../contract/refused.ts';
import type { ActionResult } from './action.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { contentType } from './content-type.ts';
import { decodeBody } from './decode-body.ts';
import { type Answer, type ExchangeContext, found, type Middleware } from './exchange.ts';
import { findToken } from './find-token.ts';
import { identify } from './identify.ts';
import { observe } from './observe.ts';
import { parseParams } from './parse-params.ts';
import { render } from './render.ts';
import { type Bind, resources } from './resources.ts';

/** A function that API Gateway calls; `Path` is the route that it is bound to. */
export interface Handler<Path extends string = string> {
  (event: APIGatewayProxyEventV2, context: Context): Promise<Answer>;
  /** Only a type: it lets the compiler see which route a handler is for. */
  route?: Path;
}

const systemClock = () => new Date();

type Run = (event: unknown, context: ExchangeContext) => Promise<ActionResult<Route>>;

/** The one Middy chain. `onError` and `after` run from the last to the first: the log is written when all is known. */
const chain = (
  route: Route | undefined,
  clock: () => Date,
  steps: readonly Middleware[],
  run: Run,
): Handler =>
  middy({
    timeoutEarlyInMillis: RESERVE_MS,
    timeoutEarlyResponse: () => {
      throw new Error('the function was about to run out of its time');
    },
  })
    .use([observe(route, clock), render, ...steps])
    .handler(run) as unknown as Handler;

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

/** The function of all requests that match no route. */
export const unmatched = (): Handler =>
  chain(undefined, systemClock, [], async () => {
    throw new Refused('route-non-existent');
  });
