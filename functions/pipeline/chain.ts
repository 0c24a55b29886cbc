import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { Route } from '../contract/define-route.ts';
import type { Found, WordedAnswer } from './action.ts';
import type { Answer, ExchangeContext, Middleware, PipelineRequest } from './exchange.ts';
import { IN_TIME } from './in-time.ts';
import { observe } from './observe.ts';
import { render } from './render.ts';
import { tellCrash } from './tell-crash.ts';

/** A function that API Gateway calls; `Path` is the route that it is bound to. */
export interface Handler<Path extends string = string> {
  (event: APIGatewayProxyEventV2, context: Context): Promise<Answer>;
  /** Only a type: it lets the compiler see which route a handler is for. */
  route?: Path;
}

export const systemClock = () => new Date();

/** What runs behind the middlewares. */
export type InnerHandler = (
  event: PipelineRequest['event'],
  context: ExchangeContext,
) => Promise<Found<unknown> | WordedAnswer | Answer>;

/**
 * The Middy chain of requests; that of jobs is `job`. `onError` and `after` run from the last to the first: the log is written
 * when all is known.
 *
 * @param route the route; undefined for what no route matches
 * @param steps what stands before the action, in the order in which a request is judged
 * @param name what the log and the metrics call it
 */
export const chain = (
  route: Route | undefined,
  clock: () => Date,
  steps: readonly Middleware[],
  run: InnerHandler,
  name = route?.path ?? '$default',
): Handler =>
  middy(IN_TIME)
    .use([observe(route, clock, name), tellCrash, render, ...steps])
    .handler(run) as unknown as Handler;
