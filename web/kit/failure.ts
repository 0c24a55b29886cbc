import { type Fault, NoAnswerError, PlanoError, type Status } from '../../client/src/index.ts';
import { isRefusal } from './checks.ts';

/** What is known of something that was not done. */
interface Facts {
  status?: Status | undefined;
  errors?: readonly Fault[] | undefined;
  requestId?: string | undefined;
  retryAfter?: number | undefined;
  idempotencyKey?: string | undefined;
}

/** Something that was not done: in the API's own words, or in ours when none of its words came. */
export class Failure extends Error {
  /** Undefined when no answer of the API came. */
  readonly status: Status | undefined;
  readonly faults: readonly Fault[];
  /** By which the request is found in the logs. */
  readonly requestId: string | undefined;
  /** Seconds after which it makes sense to try again, where that was said. */
  readonly retryAfter: number | undefined;
  /** With which it is done once at most, should it have been done and only the answer been lost. */
  readonly idempotencyKey: string | undefined;

  constructor(message: string, { status, errors = [], requestId, retryAfter, idempotencyKey }: Facts = {}) {
    super(message);
    this.status = status;
    this.faults = errors;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.idempotencyKey = idempotencyKey;
  }
}

/** That an answer is none of the API's, or of another release. */
export const notUnderstood = ({ requestId, idempotencyKey }: Facts, http?: number | undefined): Failure => {
  const status = http === undefined ? '' : ` (HTTP ${http})`;
  return new Failure(`This page does not understand the answer${status}. If that stays so, reload it.`, {
    requestId,
    idempotencyKey,
  });
};

const ofNoAnswer = (error: NoAnswerError): Failure => {
  if (error.reason !== 'gateway') return new Failure(`${error.message} Check the connection.`, error);
  return error.said === undefined ? notUnderstood(error, error.http) : new Failure(error.said, error);
};

/** Whatever was thrown, as a failure. What is none is a fault of this page, and told to the browser's console. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof Failure) return error;
  if (error instanceof NoAnswerError) return ofNoAnswer(error);
  if (error instanceof PlanoError)
    return isRefusal(error) ? new Failure(error.message, error) : notUnderstood({}, error.http);
  reportError(error);
  return new Failure('Something failed in this page. If that stays so, reload it.');
};

/** Why a session is no good any more, for whoever has to sign in again; undefined while it is good. */
export const endOfSession = ({ status }: Failure): string | undefined => {
  switch (status) {
    case 'session-expired':
      return 'Your session has expired. Sign in again.';
    case 'invalid-token':
      return 'You have been signed out: the session was ended. Sign in again.';
    default:
      return undefined;
  }
};
