import { mayActFor } from '../accounts/caller.ts';
import type { Route } from '../contract/define-route.ts';
import { sameAddressKey } from '../contract/email-address.ts';
import { type Fault, fault } from '../contract/faults.ts';
import { Refused, refusalOf } from '../contract/refused.ts';
import { isStatus, renderingOf } from '../contract/statuses.ts';
import type { Email } from '../outbox/email.ts';
import { digest } from '../table/digest.ts';
import { OPEN_IN_0_2 } from '../table/idempotency-grants.ts';
import { fingerprintOf, IdempotencyKey, KeyUsed, type Owner } from '../table/idempotency-key.ts';
import type { IdempotencyRecord } from '../table/idempotency-record.ts';
import type { Write } from '../table/write.ts';
import type { Outcome, WordedAnswer } from './action.ts';
import { isDryRun } from './dry-run.ts';
import { type Exchange, need, type PipelineRequest } from './exchange.ts';

type Event = PipelineRequest['event'];

const HEADER = 'Idempotency-Key';
/** A header that was sent twice arrives joined by a comma, and would be another key. */
const VISIBLE_WITHOUT_COMMA = /^[!-+\--~]{1,255}$/;

/** The key that the request gives; a `GET` does nothing that could be done twice. */
const givenKey = ({ method }: Route, { headers }: Event): string | undefined =>
  method === 'GET' ? undefined : headers[HEADER.toLowerCase()];

/** The faults of the request's idempotency key. */
export const keyFaults = (route: Route, event: Event): Fault[] =>
  VISIBLE_WITHOUT_COMMA.test(givenKey(route, event) ?? 'none')
    ? []
    : [fault(HEADER, 'malformed', 'must be 1 to 255 visible ASCII characters, without a comma')];

/**
 * The owner of the request's key. A user's is the same in each of its sessions; that of a request that ends its session is the
 * session's, since the session is all that is known of the caller when it is sent again. Without a token it is that of the e-mail
 * address that is sent, or of the link of which the token is; undefined if there is neither: then nothing is done that could be done
 * twice.
 */
const ownerOf = (route: Route, { identity: { caller }, token = '', params }: Exchange): Owner | undefined => {
  if (route.access === 'anyone') {
    const { email, verification, reset: link = verification } = params?.sound ?? {};
    if (typeof link === 'string') return { whose: `link:${digest(link)}` };
    if (typeof email !== 'string') return undefined;
    const whose = `address:${sameAddressKey(email)}`;
    return OPEN_IN_0_2.includes(route.path) ? { whose, formerly: 'anyone' } : { whose };
  }
  return { whose: route.endsSession ? `token:${digest(token)}` : `${caller?.kind}:${caller?.id}` };
};

/**
 * The request's idempotency key, if it has one, once it is known whose it is. A dry run has none, whatever it sends: it uses up no
 * key, and is no other request under one that is used.
 */
export const idempotencyKeyOf = (
  route: Route,
  event: Event,
  exchange: Exchange,
): IdempotencyKey | undefined => {
  const key = givenKey(route, event);
  if (key === undefined || isDryRun(exchange) || keyFaults(route, event).length > 0) return undefined;
  const owner = ownerOf(route, exchange);
  return owner && new IdempotencyKey(need(exchange, 'table'), route.path, owner, key, exchange.now);
};

/**
 * Tells the parameters from others, as they were sent: another release may read them otherwise, and they are the same all the same.
 * Where there are dry runs, this is none, and to say so changes nothing.
 */
const fingerprint = (exchange: Exchange): string => {
  const raw = need(exchange, 'raw');
  const { dry_run: _, ...others } = raw;
  return fingerprintOf(exchange.route?.preview === undefined ? raw : others);
};

/** An answer that is about to be given, and what it is made of. */
interface AboutToAnswer {
  answer: WordedAnswer;
  outcome: Outcome;
  messages: readonly Email[];
}

/** The writes that keep an answer under the request's key, for the transaction that does what is asked. */
export const keptAnswer = (
  exchange: Exchange,
  key: IdempotencyKey,
  { answer, outcome: { data, client_id }, messages }: AboutToAnswer,
): readonly Write[] => {
  const { status, message, data_json } = answer;
  const email_ids = messages.map(({ email_id }) => email_id);
  const record = {
    fingerprint: fingerprint(exchange),
    status,
    message,
    data_json,
    client_id,
    ...(email_ids.length > 0 && {
      email_ids,
      unsent_message: renderingOf('mandrill-email-failed').message,
    }),
  };
  // Release 0.2, which runs beside this one until it is deployed, finds `data` here. Without them it answers a change of an order
  // that was done, but crashes about an account, or says that it is no client; an order's would be a second kilobyte to pay for.
  // It knows one e-mail.
  return key.saved(record, {
    ...(typeof exchange.route?.access === 'object' ? {} : { data }),
    ...(email_ids.length > 0 && { email_id: email_ids[0] }),
  });
};

/** The answer that is remembered, as far as it is no session. */
const answeredThen = (record: IdempotencyRecord, isSent: boolean): WordedAnswer => {
  const { status, message, unsent_message = message, data_json } = record;
  if (!isSent) return { status: 'mandrill-email-failed', message: unsent_message, data_json };
  // Only what was done is remembered, so that a status which another release knows is one of success.
  return { status: isStatus(status) ? status : 'action-successful', message, data_json };
};

/** Whether the caller may still see what was answered. */
const maySee = ({ identity: { caller } }: Exchange, { client_id }: IdempotencyRecord): boolean =>
  client_id === undefined || caller === undefined || mayActFor(caller, client_id);

/** The record of the request that was done with a key, if the caller may still see what was answered. */
export const findDone = async (
  exchange: Exchange,
  key: IdempotencyKey | undefined,
): Promise<IdempotencyRecord | undefined> => {
  const record = await key?.find();
  return record && maySee(exchange, record) ? record : undefined;
};

/**
 * The record of the request that was done with the key of one that could not be done. That it was done before shows when its
 * transaction is refused, or when it is refused for its parameters, as most are that come again (their `updated_at` is stale); so
 * a request that is the first with its key, as most are, needs no read for it.
 */
export const doneBefore = async (
  exchange: Exchange,
  key: IdempotencyKey | undefined,
  error: unknown,
): Promise<IdempotencyRecord | undefined> => {
  if (error instanceof KeyUsed) return error.record;
  if (!(error instanceof Refused) || error.details.errors === undefined) return undefined;
  return findDone(exchange, key);
};

/**
 * Whether the request is the one that is remembered, as far as that shows without its password. Whether its parameters are sound
 * does not matter: they were so for the release that has done it.
 */
const isSame = (exchange: Exchange, record: IdempotencyRecord): boolean => {
  try {
    return fingerprint(exchange) === record.fingerprint;
  } catch (error) {
    // What is nested deeper than the stack was never done.
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** The refusal of a request whose key was used for another, with what else it is refused for. */
const refusalOfReused = ({ params }: Exchange, error: unknown): Refused => {
  const { errors, data } = error instanceof Refused ? error.details : {};
  const reused = fault(HEADER, 'reused', 'was sent before, with other parameters');
  return refusalOf([...(errors ?? params?.faults ?? []), reused], data);
};

/** Whether a request was refused for a parameter. */
const isRefusedFor = (name: string, error: unknown): boolean =>
  error instanceof Refused && error.details.errors?.some(({ param }) => param === name) === true;

/** What answers a request again, besides what is remembered of it. */
export interface Replay {
  /** Sends the e-mails that are still unsent; false if one could not be sent. */
  sendAgain(email_ids: readonly number[]): Promise<boolean>;
  /** The part of the answer that is not kept; undefined when the request is another than the one that is remembered. */
  more(record: IdempotencyRecord): Promise<Pick<WordedAnswer, 'session'> | undefined>;
}

/**
 * Answers a request that was done before.
 *
 * @param error what it was refused for this time
 * @throws {Refused} `invalid-param` with code `reused`, if it is another that has the same key
 */
export const replayed = async (
  exchange: Exchange,
  record: IdempotencyRecord,
  { sendAgain, more }: Replay,
  error?: unknown,
): Promise<WordedAnswer> => {
  // Without a token, the same request is not refused for its password: this one has another.
  const isAnother = exchange.route?.access === 'anyone' && isRefusedFor('password', error);
  const isOurs = !isAnother && isSame(exchange, record) && maySee(exchange, record);
  const rest = isOurs ? await more(record) : undefined;
  if (rest === undefined) throw refusalOfReused(exchange, error);
  exchange.replayed = true;
  return { ...answeredThen(record, await sendAgain(record.email_ids ?? [])), ...rest };
};
