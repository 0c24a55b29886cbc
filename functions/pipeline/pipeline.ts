import type { Route } from '../contract/define-route.ts';
import { Patience } from '../table/patience.ts';
import type { Action, ActionRequest, SignIn } from './action.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { chain, type Handler, type InnerHandler, systemClock } from './chain.ts';
import { contentType } from './content-type.ts';
import { decodeBody } from './decode-body.ts';
import { DryRun, isDryRun } from './dry-run.ts';
import { type Exchange, need } from './exchange.ts';
import { findToken } from './find-token.ts';
import { doneBefore, findDone, idempotencyKeyOf, type Replay, replayed } from './idempotency.ts';
import { identify } from './identify.ts';
import { parseParams } from './parse-params.ts';
import { readQuery } from './read-query.ts';
import { type Bind, type Outside, resources } from './resources.ts';
import { sendAgain } from './send-saved.ts';
import { RequestWork } from './work.ts';

/**
 * What a request may lose to a table that is away or takes no more. A client is told so within 5 seconds, in which the action
 * has something to do of its own, and the team is told as well.
 */
const PATIENCE_MS = 3_500;

const OUTSIDE: Outside = {
  clock: systemClock,
  retries: () => ({ patience: new Patience(PATIENCE_MS) }),
};

const replayOf = (exchange: Exchange, action: Action<Route>, request: ActionRequest<Route>): Replay => ({
  sendAgain: async (email_ids) => {
    const sent = await Promise.all(email_ids.map((email_id) => sendAgain(exchange, email_id)));
    return sent.every(Boolean);
  },
  more: async (record) => (action.replay ? action.replay(request, record) : {}),
});

/** Runs a route's action, once for each idempotency key. */
const runAction =
  (route: Route): InnerHandler =>
  async (event, { exchange }) => {
    const { identity, now, requestId, source } = exchange;
    const action = need(exchange, 'action');
    const { caller, opened } = identity;
    const key = idempotencyKeyOf(route, event, exchange);
    const noteSignIn = (signIn: SignIn): void => {
      exchange.signIn = { ...exchange.signIn, ...signIn };
    };
    const params = need(exchange, 'params');
    const request = { params, caller, opened, now, requestId, source, key, noteSignIn };
    const replay = replayOf(exchange, action, request);
    if (identity.kind === 'done-before') return replayed(exchange, identity.record, replay);
    const done = action.looksUpFirst && (await findDone(exchange, key));
    if (done !== undefined) return replayed(exchange, done, replay);
    try {
      return await action.run(request, () =>
        isDryRun(exchange) ? new DryRun(exchange) : new RequestWork(exchange, key),
      );
    } catch (error) {
      const record = await doneBefore(exchange, key, error);
      if (record === undefined) throw error;
      return replayed(exchange, record, replay, error);
    }
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
