import type { Fault } from './answers.ts';
import type { Status } from './table.ts';
import type { Order, Session } from './types.ts';

/** A status in which nothing was done. */
export type RefusedStatus = Exclude<Status, 'action-successful' | 'mandrill-email-failed'>;

interface Refused<S extends RefusedStatus> extends Error {
  readonly name: 'PlanoError';
  readonly status: S;
  readonly http: number;
  /** By which the request is found in the logs. */
  readonly requestId: string;
  /** Seconds after which it makes sense to try again, where the API says. */
  readonly retryAfter: number | undefined;
  /** With which a `POST` was sent: sent again with it, it is done once at most. */
  readonly idempotencyKey: string | undefined;
}

interface RefusedForParams extends Refused<'missing-param' | 'invalid-param'> {
  /** All that is wrong, or the first 100 of it. */
  readonly errors: readonly Fault[];
  /** How much is wrong. */
  readonly errorsTotal: number;
  /** With the code `stale`, the order as it is now, where the caller may see it. */
  readonly data: { readonly order?: Order } | undefined;
}

interface RefusedForRole extends Refused<'client-required'> {
  readonly session: Session;
  /** Where a person becomes a client: the path of a page below the address of the API. */
  readonly registrationPage: string;
}

/** A request that the API has refused. `status` tells what else there is; a later release may have others than those known here. */
export type PlanoError =
  | RefusedForParams
  | RefusedForRole
  | Refused<Exclude<RefusedStatus, 'missing-param' | 'invalid-param' | 'client-required'>>;

class Thrown extends Error {
  override readonly name = 'PlanoError';

  constructor(message: string, facts: object) {
    super(message);
    Object.assign(this, facts);
  }
}

/** For `instanceof`; the client alone makes them. A class cannot be a union by itself, and so its type is said apart. */
export const PlanoError = Thrown as unknown as new (message: string, facts: object) => PlanoError;

/** Whether something thrown is a refusal for a parameter with that code, such as `stale`. */
export const hasCode = (error: unknown, code: string): error is RefusedForParams =>
  error instanceof PlanoError &&
  (error as Partial<RefusedForParams>).errors?.some((fault) => fault.code === code) === true;

/** Why no answer of the API came: nobody was reached, nothing came in time, or what came was not from the API itself. */
export type NoAnswerReason = 'network' | 'timeout' | 'gateway';

/** A request to which the API gave no answer, after all tries. A `POST` may have been done: with its key it can be sent again. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly reason: NoAnswerReason;
  /** The HTTP status of what was not from the API itself. */
  readonly http: number | undefined;
  /** What whatever stands before the API said in its place, if that was anything; otherwise `message` is in the client's words. */
  readonly said: string | undefined;
  /** The gateway's, if it was reached and a browser lets it be read. */
  readonly requestId: string | undefined;
  /** Seconds after which to try again, where that was said. */
  readonly retryAfter: number | undefined;
  readonly idempotencyKey: string | undefined;

  constructor(
    message: string,
    facts: Pick<
      NoAnswerError,
      'reason' | 'http' | 'said' | 'requestId' | 'retryAfter' | 'idempotencyKey' | 'cause'
    >,
  ) {
    super(message, { cause: facts.cause });
    this.reason = facts.reason;
    this.http = facts.http;
    this.said = facts.said;
    this.requestId = facts.requestId;
    this.retryAfter = facts.retryAfter;
    this.idempotencyKey = facts.idempotencyKey;
  }
}
