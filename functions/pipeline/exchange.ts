import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Caller, UserCaller } from '../accounts/caller.ts';
import type { OpenedSession } from '../accounts/session.ts';
import type { Route } from '../contract/define-route.ts';
import type { Fault } from '../contract/faults.ts';
import type { Reading } from '../contract/read-params.ts';
import type { Status } from '../contract/statuses.ts';
import type { Occurrence } from '../notifications/notification-store.ts';
import type { Outbox } from '../outbox/deliver.ts';
import type { DeliveryFailure } from '../outbox/delivery.ts';
import type { RunningDeadline } from '../table/deadline.ts';
import type { IdempotencyRecord } from '../table/idempotency-record.ts';
import type { Table } from '../table/table.ts';
import type { Write } from '../table/write.ts';
import type { Action, Found, SignIn, WordedAnswer } from './action.ts';

/** Who calls, as far as it is known: at first, and on a route without a token, it is nobody in particular. */
export type Identity =
  | { kind: 'nobody'; caller?: undefined; opened?: undefined }
  | { kind: 'session'; caller: UserCaller; opened: OpenedSession }
  | { kind: 'application'; caller: Caller; opened?: undefined }
  /** Whoever has ended its session by this very request, which was done before. */
  | { kind: 'done-before'; record: IdempotencyRecord; caller?: undefined; opened?: undefined };

/** A request on its way through the pipeline: each middleware finds here what those before it have found out. */
export interface Exchange<R extends Route = Route> {
  /** The route; undefined in the functions that serve none of the catalogue. */
  route: R | undefined;
  requestId: string;
  /** The address that the request came from. */
  source: string;
  /** When the request came. */
  now: Date;
  startedAt: number;
  coldStart: boolean;
  /** The version of the function, as Lambda numbers them. */
  functionVersion: string;
  deadline: RunningDeadline;
  /** Whether it is known that the route is deployed: from here on, a fault of ours is another status. */
  identified: boolean;
  /** What makes sure of that; it rejects with what the request is refused for, if the route is not deployed. */
  identifying: Promise<void>;
  /** What the team has to be told of that is asked for and not deployed. */
  missing: Pick<Occurrence, 'kind' | 'cause'> | undefined;
  /** Faults in how the token was given. */
  tokenFaults: Fault[];
  identity: Identity;
  /** The write that notes the use of the caller's token, as long as nothing notes it. */
  use: (Write & Required<Pick<Write, 'update'>>) | undefined;
  /** The noting of that use by itself, once it is under way. */
  noting: Promise<unknown>;
  /** Whether the answer is that of a request that was done before. */
  replayed: boolean;
  /** How many e-mails were sent, why others failed, and for how long Mandrill was waited for. */
  emails: { sent: number; failures: (DeliveryFailure & { email_id: number })[]; milliseconds: number };
  /** Who signs in, on a route where people do, for the log. */
  signIn: SignIn | undefined;
  /** The codes of what was wrong with the parameters, for the log. */
  errorCodes: readonly string[];
  /** Faults of ours, for the log. */
  faults: unknown[];
  /** Undefined in a function that has no table, and until the environment is parsed; and so are the three after it. */
  table: Table | undefined;
  action: Action<R> | undefined;
  /** Undefined also on a route that sends no e-mail. */
  outbox: Outbox | undefined;
  /** The parameters as they were decoded, once they are, and but for the token. */
  raw: Record<string, unknown> | undefined;
  /** The token, if the request has one. */
  token: string | undefined;
  /** The parameters as the route reads them, once they are read. */
  params: Reading<Record<string, unknown>> | undefined;
  /** The status of the answer, once it is made. */
  status: Status | undefined;
}

export type Answer = APIGatewayProxyStructuredResultV2;
/** Lambda's context, where Middy's middlewares and its handler find the exchange. */
export type ExchangeContext = Context & { exchange: Exchange };
type Event = APIGatewayProxyEventV2;
/** The result of an action, or an answer, until the renderer has made an answer of it. */
type Response = Answer | WordedAnswer | Found<unknown>;
export type PipelineRequest = middy.Request<Event, Response, Error, ExchangeContext>;
export type Middleware = middy.MiddlewareObj<Event, Response, Error, ExchangeContext>;

/**
 * A part of the exchange that a middleware before this one should have found out.
 *
 * @throws when the pipeline's order is wrong
 */
export const need = <Name extends keyof Exchange>(
  exchange: Exchange,
  name: Name,
): NonNullable<Exchange[Name]> => {
  const value = exchange[name];
  if (value === undefined || value === null) throw new Error(`the pipeline needs ${name} before it is known`);
  return value as NonNullable<Exchange[Name]>;
};
