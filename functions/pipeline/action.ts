import type * as z from 'zod/mini';
import type { Caller, UserCaller } from '../accounts/caller.ts';
import type { OpenedSession } from '../accounts/session.ts';
import type { Route } from '../contract/define-route.ts';
import type { Reading, Sound } from '../contract/read-params.ts';
import type { SessionView } from '../contract/session-view.ts';
import type { Status } from '../contract/statuses.ts';
import type { Email } from '../outbox/email.ts';
import type { IdempotencyRecord } from '../table/idempotency-record.ts';

/** What an action gets of a request that got as far as it. */
export interface ActionRequest<R extends Route> {
  /** The parameters, of which some may be faulty yet; `complete` gives all of them. */
  params: Reading<z.infer<R['params']>>;
  caller: CallerOf<R>;
  /** The caller's session, on a route that is for any session. */
  opened: R['access'] extends 'session' ? OpenedSession : undefined;
  /** When the request came. */
  now: Date;
  requestId: string;
  /** The address that the request came from. */
  source: string;
}

/** Whom a route's access lets through: nobody in particular, a user with a session, or anybody with a token. */
export type CallerOf<R extends Route> = R['access'] extends 'anyone'
  ? undefined
  : R['access'] extends 'session'
    ? UserCaller
    : Caller;

/** What an action comes to, known before it commits: the data that it answers, and the e-mail that it causes. */
export interface Outcome<Data = unknown> {
  data: Data;
  email?: Email | undefined;
}

/** What is answered with an outcome's data: `action-successful`, unless it says otherwise. */
export interface Answered<Data> {
  status?: Extract<Status, 'mandrill-email-failed'>;
  data: Data;
}

/** What an action answers when it was done. */
export interface ActionResult<R extends Route> extends Answered<z.infer<R['data']>> {
  /** The session that the answer is about. */
  session?: SessionView;
}

/** An answer in its own words, as it goes out. */
export interface WordedAnswer {
  status: Status;
  message: string;
  /** `data` as JSON, if there are any. */
  data_json?: string | undefined;
  session?: SessionView | undefined;
}

/** What a route does. What ends otherwise than done is thrown as `Refused`. */
export interface Action<R extends Route> {
  /**
   * Starts what the action reads by its parameters alone, so that it goes out in one request with the token's read. What
   * comes of it, failures too, shows when the action itself asks for it.
   */
  prefetch?(sound: Sound<z.infer<R['params']>>): Promise<unknown>;
  run(request: ActionRequest<R>): Promise<ActionResult<R>>;
  /** The client whom the data are about: what was answered is given again only to those who may act for the client. */
  concerns?(data: z.infer<R['data']>): number;
  /**
   * What goes with an answer that was given before, when its request is sent again with its idempotency key. Undefined when it
   * is not the same request.
   */
  replay?(
    request: ActionRequest<R>,
    record: IdempotencyRecord,
  ): Promise<Pick<WordedAnswer, 'session'> | undefined>;
}
