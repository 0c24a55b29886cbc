import { TableUnavailable } from '../adapters/retry.ts';
import type { Route } from '../contract/define-route.ts';
import { Refused } from '../contract/refused.ts';
import { renderingOf, type Status } from '../contract/statuses.ts';
import type { ActionResult } from './action.ts';
import type { Answer, Exchange, Middleware } from './exchange.ts';

/** What every answer has. */
export const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** Seconds after which a table that was away, or took no more, may do better. */
const TABLE_RETRY_S = 5;

type Contents = Refused['details'];

const answerOf = (exchange: Exchange, status: Status, contents: Contents = {}): Answer => {
  const { http, message, ...rendering } = renderingOf(status);
  const { data, session, errors, retryAfter = rendering.retryAfter } = contents;
  exchange.status = status;
  return {
    statusCode: http,
    headers: {
      ...HEADERS,
      'x-request-id': exchange.requestId,
      ...(exchange.replayed && { 'idempotent-replayed': 'true' }),
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    },
    // What is undefined is left out by JSON.
    body: JSON.stringify({ status, message, request_id: exchange.requestId, data, session, errors }),
  };
};

/** What is sent must fit the route's own schema: clients rely on it, and what is not in it may be none of theirs. */
const fitting = ({ route }: Exchange, data: unknown): unknown =>
  data === undefined ? undefined : route?.data.parse(data);

const answerOfError = (exchange: Exchange, error: unknown): Answer => {
  if (error instanceof Refused) {
    const { data, ...details } = error.details;
    return answerOf(exchange, error.status, { ...details, data: fitting(exchange, data) });
  }
  exchange.faults.push(error);
  const status = exchange.identified ? 'application-crash' : 'identify-request-error';
  return answerOf(exchange, status, error instanceof TableUnavailable ? { retryAfter: TABLE_RETRY_S } : {});
};

/**
 * Makes the answer, always in the envelope: of what the action returns, or of what was thrown anywhere before. What is an
 * answer already, such as a page, stays as it is.
 */
export const render: Middleware = {
  after: (request) => {
    if (request.response && 'statusCode' in request.response) return;
    const { exchange } = request.context;
    const { status = 'action-successful', data, session } = request.response as ActionResult<Route>;
    request.response = answerOf(exchange, status, {
      data: fitting(exchange, data),
      ...(session && { session }),
    });
  },
  onError: (request) => {
    const { exchange } = request.context;
    try {
      request.response = answerOfError(exchange, request.error);
    } catch (fault) {
      request.response = answerOfError(exchange, fault);
    }
  },
};
