import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Caller } from '../accounts/caller.ts';
import type { OpenedSession } from '../accounts/session.ts';
import type { Route } from '../contract/define-route.ts';
import type { Fault } from '../contract/faults.ts';
import type { Reading } from '../contract/read-params.ts';
import type { Status } from '../contract/statuses.ts';
import type { MailerResources } from '../outbox/channels/email/mailer.ts';
import type { DeliveryFailure } from '../outbox/delivery.ts';
import type { Deadline } from '../table/deadline.ts';
import type { IdempotencyKey } from '../table/idempotency-key.ts';
import type { IdempotencyRecord } from '../table/idempotency-record.ts';
import type { Table } from '../table/table.ts';
import type { Action, ActionResult, WordedAnswer } from './action.ts';

/** A request on its way through the pipeline: each middleware finds here what those before it have found out. */
export interface Exchange<R extends Route = Route> {
  /** The route; undefined in the function that answers what no route matches. */
  route: R | undefined;
  requestId: string;
  /** The address that the request came from. */
  source: string;
  /** When the request came. */
  now: Date;
  startedAt: number;
  coldStart: boolean;
  deadline: Deadline;
  /** Whether it is known that the route is deployed: from here on, a fault of ours is another status. */
  identified: boolean;
  table?: Table;
  action?: Action<R>;
  /** The decoded parameters. */
  raw?: Record<string, unknown>;
  /** The token, if the request has one. */
  token?: string;
  /** What is wrong with how the token was given. */
  tokenFaults: Fault[];
  params?: Reading<Record<string, unknown>>;
  caller?: Caller;
  /** The request's idempotency key, once it is known whose it is. */
  idempotency?: IdempotencyKey;
  /** Whether what saves the outcome under the key is part of a transaction. */
  outcomeSaved?: boolean;
  /** What is remembered of the request, when that shows before the action. */
  doneBefore?: IdempotencyRecord;
  /** Whether the answer is that of a request that was done before. */
  replayed?: boolean;
  /** The caller's session, if it has one. */
  opened?: OpenedSession;
  /** Under way: the recording of the session's use. */
  useRecorded?: Promise<unknown>;
  /** What is rendered in the end. */
  status?: Status;
  /** What sending e-mail takes, on a route that does. */
  mailer?: MailerResources;
  /** How many e-mails were sent, and why others failed. */
  emails: { sent: number; failures: (DeliveryFailure & { email_id: number })[] };
  /** Faults of ours, for the log. */
  faults: unknown[];
}

export type Answer = APIGatewayProxyStructuredResultV2;
/** Lambda's context, where Middy's middlewares and its handler find the exchange. */
export type ExchangeContext = Context & { exchange: Exchange };
type Event = APIGatewayProxyEventV2;
/** What an action returns, or has answered before, until the renderer has made an answer of it. */
type Response = Answer | WordedAnswer | ActionResult<Route>;
export type PipelineRequest = middy.Request<Event, Response, Error, ExchangeContext>;
export type Middleware = middy.MiddlewareObj<Event, Response, Error, ExchangeContext>;

/**
 * What a middleware before this one should have found out.
 *
 * @throws when the pipeline's order is wrong
 */
export const found = <Name extends keyof Exchange>(
  exchange: Exchange,
  name: Name,
): NonNullable<Exchange[Name]> => {
  const value = exchange[name];
  if (value === undefined || value === null) throw new Error(`the pipeline needs ${name} before it is known`);
  return value as NonNullable<Exchange[Name]>;
};
