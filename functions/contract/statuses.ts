/**
 * Every status that a client can get: its HTTP code and the sentence that goes with it. `retryAfter` is the number of
 * seconds sent in the `retry-after` header where the status promises one.
 */
interface Rendering {
  http: 200 | 400 | 401 | 403 | 429 | 500 | 503;
  message: string;
  retryAfter?: number;
}

export const statuses = {
  'action-successful': { http: 200, message: 'Done.' },
  'invalid-content-type': {
    http: 400,
    message: 'Send the parameters as content-type application/json, in UTF-8.',
  },
  'invalid-encoded-params': {
    http: 400,
    message:
      'The body could not be decoded. It must be JSON in UTF-8, which a sensitive route takes in standard base64.',
  },
  'no-params-decoded': {
    http: 400,
    message: 'The body was decoded but holds no parameters. It must be a JSON object with at least one.',
  },
  'missing-param': { http: 400, message: 'A required parameter is missing; see errors.' },
  'invalid-param': { http: 400, message: 'A parameter is invalid; see errors.' },
  'invalid-token': { http: 401, message: 'The token is not valid.' },
  'session-expired': { http: 401, message: 'The session has expired. Sign in again.' },
  'client-required': {
    http: 401,
    message:
      'The user is not a client, an employee or a liaison yet. Register as a client with this session.',
  },
  'permission-required': { http: 403, message: 'The role of the caller does not permit this.' },
  'too-many-attempts': { http: 429, message: 'Too many attempts. Try again later.', retryAfter: 900 },
  'application-crash': { http: 500, message: 'Something failed on our side. Try again later.' },
  'mandrill-email-failed': {
    http: 500,
    message: 'The change is saved, but its e-mail could not be sent. The team has been notified.',
  },
  'route-non-existent': { http: 500, message: 'There is no such route.' },
  'identify-request-error': {
    http: 500,
    message: 'Something failed on our side before the route could be identified. Try again later.',
    retryAfter: 5,
  },
  'service-not-found': { http: 503, message: 'The service of this route is not deployed.', retryAfter: 30 },
  'route-not-found': { http: 503, message: 'This route is not deployed.', retryAfter: 30 },
} satisfies Record<string, Rendering>;

export type Status = keyof typeof statuses;

/** The rendering of a status; every status has one, or this does not compile. */
export const renderingOf = (status: Status): Rendering => statuses[status];

/** Whether a text is a status. */
export const isStatus = (text: string): text is Status => Object.hasOwn(statuses, text);
