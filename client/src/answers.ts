import type { Session } from './types.ts';

/** One thing wrong with one parameter, such as `line_items[2].quantity`: a code for programs, a sentence for people. */
export interface Fault {
  param: string;
  code: string;
  message: string;
}

/** What is worth knowing of a request though it was done. */
export interface Warning {
  status: 'mandrill-email-failed';
  message: string;
}

interface Done<Data> {
  data: Data;
  /** The session that the answer is about. */
  session?: Session;
  /** By which the request is found in the logs. */
  requestId: string;
  /** Whether this is the answer of the first time to a request that was sent again with its idempotency key. */
  replayed: boolean;
}

/**
 * What was done. With `mandrill-email-failed` it is done and saved as well, but its e-mail is still to be sent: the API does that
 * later without anybody's doing, and `warning` says so.
 */
export type Answer<Data> =
  | (Done<Data> & { status: 'action-successful'; warning?: undefined })
  | (Done<Data> & { status: 'mandrill-email-failed'; warning: Warning });

/** The answer of a route that opens or shows a session. */
export type SessionAnswer<Data> = Answer<Data> & { session: Session };

/** How one call is made. */
export interface CallOptions {
  /** Ends the call, whatever it waits for; it then throws the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface PostOptions extends CallOptions {
  /** 1 to 255 visible ASCII characters without a comma. One is made for each call that has none; all its tries have the same. */
  idempotencyKey?: string | undefined;
}
