/**
 * Whether a request that was answered so may be sent again as it is: never, since the answer would be the same; only with the
 * idempotency key that it had, since it may be done already; or after a pause, with or without a key, since nothing was done.
 * A `GET` does nothing, and has no key.
 */
export type Retry = 'never' | 'same-key' | 'after-pause';

/**
 * Every status that a client can get: its HTTP code, the sentence that goes with it, and what it means for sending again.
 * `retryAfter` is the number of seconds sent in the `retry-after` header where the status promises one.
 */
interface Rendering {
  http: 200 | 400 | 401 | 403 | 429 | 500 | 503;
  message: string;
  retry: Retry;
  retryAfter?: number;
}

export const statuses = {
  'action-successful': { http: 200, message: 'Done.', retry: 'never' },
  'invalid-content-type': {
    http: 400,
    message: 'Send the parameters as content-type application/json, in UTF-8.',
    retry: 'never',
  },
  'invalid-encoded-params': {
    http: 400,
    message:
      'The body could not be decoded. It must be JSON in UTF-8, which a sensitive route takes in standard base64.',
    retry: 'never',
  },
  'no-params-decoded': {
    http: 400,
    message: 'The body was decoded but holds no parameters. It must be a JSON object with at least one.',
    retry: 'never',
  },
  'missing-param': { http: 400, message: 'A required parameter is missing; see errors.', retry: 'never' },
  'invalid-param': { http: 400, message: 'A parameter is invalid; see errors.', retry: 'never' },
  'invalid-token': { http: 401, message: 'The token is not valid.', retry: 'never' },
  'session-expired': { http: 401, message: 'The session has expired. Sign in again.', retry: 'never' },
  'client-required': {
    http: 401,
    message:
      'The user is not a client, an employee or a liaison yet. Register as a client with this session.',
    retry: 'never',
  },
  'permission-required': {
    http: 403,
    message: 'The role of the caller does not permit this.',
    retry: 'never',
  },
  'too-many-attempts': {
    http: 429,
    message: 'Too many attempts. Try again later.',
    retry: 'after-pause',
    retryAfter: 900,
  },
  'application-crash': {
    http: 500,
    message: 'Something failed on our side. Try again later.',
    retry: 'same-key',
  },
  'mandrill-email-failed': {
    http: 500,
    message: 'The change is saved, but its e-mail could not be sent.',
    retry: 'same-key',
  },
  'route-non-existent': { http: 500, message: 'There is no such route.', retry: 'never' },
  'identify-request-error': {
    http: 500,
    message: 'Something failed on our side before the route could be identified. Try again later.',
    retry: 'after-pause',
    retryAfter: 5,
  },
  'service-not-found': {
    http: 503,
    message: 'The service of this route is not deployed.',
    retry: 'after-pause',
    retryAfter: 30,
  },
  'route-not-found': {
    http: 503,
    message: 'This route is not deployed.',
    retry: 'after-pause',
    retryAfter: 30,
  },
} satisfies Record<string, Rendering>;

export type Status = keyof typeof statuses;

/** The rendering of a status; every status has one, or this does not compile. */
export const renderingOf = (status: Status): Rendering => statuses[status];

/** Whether a text is a status. */
export const isStatus = (text: string): text is Status => Object.hasOwn(statuses, text);

/** Where a person becomes a client, below the address of the API: it goes with `client-required`. */
export const REGISTRATION_PAGE = '/account/client';

/** What is said of a request that was done as a dry run. */
export const DRY_RUN_MESSAGE = 'Nothing was done: it was a dry run.';
