import { listed } from '../contract/faults.ts';
import { Refused } from '../contract/refused.ts';
import { REGISTRATION_PAGE, renderingOf } from '../contract/statuses.ts';
import { TableUnavailable } from '../table/retry.ts';
import type { Found, WordedAnswer } from './action.ts';
import type { Answer, Exchange, Middleware } from './exchange.ts';
import { worded } from './words.ts';

/** What every answer has. */
export const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** Seconds after which a table that was away, or took no more, may do better. */
const TABLE_RETRY_S = 5;

/** What goes besides with an answer that is a refusal. */
type Besides = Pick<Refused['details'], 'errors' | 'retryAfter'>;

const answerOf = (exchange: Exchange, answer: WordedAnswer, besides: Besides = {}): Answer => {
  const { status, message, data_json, session } = answer;
  const { errors, errors_total } = besides.errors === undefined ? {} : listed(besides.errors);
  const rendering = renderingOf(status);
  const seconds = besides.retryAfter ?? rendering.retryAfter;
  const members = {
    status: JSON.stringify(status),
    message: JSON.stringify(message),
    request_id: JSON.stringify(exchange.requestId),
    data: data_json,
    session: JSON.stringify(session),
    errors: JSON.stringify(errors),
    errors_total: JSON.stringify(errors_total),
    registration_page: status === 'client-required' ? JSON.stringify(REGISTRATION_PAGE) : undefined,
  };
  const given = Object.entries(members).filter(([, json]) => json !== undefined);
  exchange.status = status;
  return {
    statusCode: rendering.http,
    headers: {
      ...HEADERS,
      'x-request-id': exchange.requestId,
      ...(exchange.replayed && { 'idempotent-replayed': 'true' }),
      ...(seconds !== undefined && { 'retry-after': String(seconds) }),
    },
    body: `{${given.map(([name, json]) => `"${name}":${json}`).join(',')}}`,
  };
};

const answerOfError = (exchange: Exchange, error: unknown): Answer => {
  if (error instanceof Refused) {
    exchange.errorCodes = [...new Set((error.details.errors ?? []).map(({ code }) => code))];
    return answerOf(exchange, worded(error.status, error.details), error.details);
  }
  exchange.faults.push(error);
  const status = exchange.identified ? 'application-crash' : 'identify-request-error';
  const besides = error instanceof TableUnavailable ? { retryAfter: TABLE_RETRY_S } : {};
  return answerOf(exchange, worded(status), besides);
};

/**
 * Makes the answer, always in the envelope: of what the action returns, or of what was thrown anywhere before. What is an
 * answer already, such as a page, stays as it is.
 */
export const render: Middleware = {
  after: (request) => {
    if (request.response && 'statusCode' in request.response) return;
    const { exchange } = request.context;
    const result = request.response as WordedAnswer | Found<unknown>;
    request.response = answerOf(exchange, 'message' in result ? result : worded('action-successful', result));
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
