import type * as z from 'zod/mini';
import type { Caller, UserCaller } from '../accounts/caller.ts';
import type { OpenedSession } from '../accounts/session.ts';
import type { AuditEntry } from '../audit/audit.ts';
import type { Access, Route } from '../contract/define-route.ts';
import type { Reading, Sound } from '../contract/read-params.ts';
import type { SessionView } from '../contract/session-view.ts';
import type { Status } from '../contract/statuses.ts';
import type { Email } from '../outbox/email.ts';
import type { IdempotencyKey } from '../table/idempotency-key.ts';
import type { IdempotencyRecord } from '../table/idempotency-record.ts';
import type { Write } from '../table/write.ts';

/** A request that got as far as the action. */
export interface ActionRequest<R extends Route> {
  /** The parameters, of which some may be faulty yet; `complete` gives all of them. */
  params: Reading<z.infer<R['params']>>;
  caller: CallerOf<R['access']>;
  /** The caller's session, on a route that is for any session. */
  opened: SessionOf<R['access']>;
  /** When the request came. */
  now: Date;
  requestId: string;
  /** The address that the request came from. */
  source: string;
  /** The request's idempotency key, if it has one. */
  key: IdempotencyKey | undefined;
  /** Has the log tell of somebody who signs in; what is told later takes the place of what was told before. */
  noteSignIn(signIn: SignIn): void;
}

/** Somebody who signs in, or tries to, as the log has it: no address, neither of e-mail nor of the network. */
export interface SignIn {
  outcome: 'failed' | 'done';
  /** The user whose e-mail address was given; undefined if nobody has it. */
  user_id?: number | undefined;
  /** Tells sources apart for a day. */
  source_hash?: string | undefined;
}

/** Whom a route's access lets through: nobody in particular, a user with a session, or anybody with a token. */
export type CallerOf<A extends Access> = A extends 'anyone'
  ? undefined
  : A extends 'session'
    ? UserCaller
    : Caller;

/** The session that a route's access promises. */
type SessionOf<A extends Access> = A extends 'session' ? OpenedSession : OpenedSession | undefined;

/** The data that a route answers. */
type DataOf<R extends Route> = z.infer<R['data']>;

/** What was read. */
export interface Found<Data> {
  data: Data;
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

/** The outcome of an action: what is answered once its work has committed. */
export interface Outcome<Data = unknown> {
  data?: Data | undefined;
  /** Tells what is answered in the place of `data` if it is a dry run, but for the e-mail; on a route with a preview. */
  preview?(): object;
  /** `action-successful`, unless all that was done is a session. */
  status?: 'client-required';
  session?: SessionView;
  /** The client whom the data are about: they are given again only to those who may act for the client. */
  client_id?: number;
}

/**
 * The one transaction of a request, all or nothing. An action adds the writes that it means and the messages that it causes, and
 * commits with its outcome; the use of the caller's session and the answer under the idempotency key are in it from the start. A dry
 * run goes the same way, to work that answers what would be.
 */
export interface Work<Data = unknown> {
  /** Adds writes, each with the error that it means when its condition does not hold. */
  add(...writes: readonly Write[]): this;
  /** Adds messages, which are saved with the writes and sent when they have committed. */
  send(...messages: readonly Email[]): this;
  /** Adds messages that are saved with the writes, and sent later: the request does not wait for them. */
  sendLater(...messages: readonly Email[]): this;
  /**
   * Adds to the audit trail that the caller has called this route, and about what.
   *
   * @param given what was done, and by whom, where that is not what the route and its caller say
   */
  record(about: AuditEntry['about'], given?: Partial<Pick<AuditEntry, 'action' | 'by'>>): this;
  /**
   * Commits all that was added, and then sends the messages. When nothing was added, and there is no key, nothing is written.
   *
   * @returns the answer: `mandrill-email-failed` in the place of success when a message could not be sent
   * @throws the error of the first write whose condition does not hold
   */
  commit(outcome: Outcome<Data>): Promise<WordedAnswer>;
}

/** The result of an action: a `GET` has found something, a `POST` has committed its work. */
export type ActionResult<R extends Route> = R extends { method: 'GET' } ? Found<DataOf<R>> : WordedAnswer;

/** A route's action. Whatever ends otherwise than done is thrown as `Refused`. */
export interface Action<R extends Route> {
  /**
   * Starts the reads that the parameters alone ask for, so that they go out in one request with the token's read. Their results,
   * failures too, show when the action itself asks for them.
   */
  prefetch?(sound: Sound<z.infer<R['params']>>): Promise<unknown>;
  /**
   * Whether the key is looked up before the action, not only when that is refused: where a refusal is counted, or comes of what the
   * request itself has done, one that was done before must not be tried again to find that out.
   */
  looksUpFirst?: true;
  /** @param begin begins the request's work; of several attempts to commit, each begins anew */
  run(request: ActionRequest<R>, begin: () => Work<DataOf<R>>): Promise<ActionResult<R>>;
  /**
   * The part of an answer that is not kept, when its request is sent again with its idempotency key; undefined when it is not the
   * same request.
   */
  replay?(
    request: ActionRequest<R>,
    record: IdempotencyRecord,
  ): Promise<Pick<WordedAnswer, 'session'> | undefined>;
}
