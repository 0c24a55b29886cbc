import { mayActFor } from '../accounts/caller.ts';
import type { Route } from '../contract/define-route.ts';
import { sameAddressKey } from '../contract/email-address.ts';
import { type Fault, fault } from '../contract/faults.ts';
import { Refused, refusalOf } from '../contract/refused.ts';
import { isStatus, renderingOf } from '../contract/statuses.ts';
import { digest } from '../table/digest.ts';
import { fingerprintOf, IdempotencyKey, KeyUsed, type Owner } from '../table/idempotency-key.ts';
import type { IdempotencyRecord } from '../table/idempotency-record.ts';
import type { Write } from '../table/write.ts';
import type { ActionResult, Outcome, WordedAnswer } from './action.ts';
import { type Exchange, found, type PipelineRequest } from './exchange.ts';
import { worded } from './words.ts';

type Event = PipelineRequest['event'];
type Result = ActionResult<Route>;

const HEADER = 'Idempotency-Key';
/** A header that was sent twice arrives joined by a comma, and would be another key. */
const VISIBLE_WITHOUT_COMMA = /^[!-+\--~]{1,255}$/;

/** The key that the request gives; a `GET` does nothing that could be done twice. */
const givenKey = ({ method }: Route, { headers }: Event): string | undefined =>
  method === 'GET' ? undefined : headers[HEADER.toLowerCase()];

/** What is wrong with the request's idempotency key. */
export const keyFaults = (route: Route, event: Event): Fault[] =>
  VISIBLE_WITHOUT_COMMA.test(givenKey(route, event) ?? 'none')
    ? []
    : [fault(HEADER, 'malformed', 'must be 1 to 255 visible ASCII characters, without a comma')];

/**
 * Whose key it is. A user's is the same in each of its sessions; that of a request that ends its session is the session's,
 * since the session is all that is known of the caller when it is sent again. Without a token it is that of the e-mail address
 * that is sent, and undefined if that is none: then nothing is done that could be done twice.
 */
const ownerOf = (route: Route, { caller, token = '', params }: Exchange): Owner | undefined => {
  if (route.access === 'anyone') {
    const email = params?.sound.email;
    return typeof email === 'string'
      ? { whose: `address:${sameAddressKey(email)}`, formerly: 'anyone' }
      : undefined;
  }
  return { whose: route.endsSession ? `token:${digest(token)}` : `${caller?.kind}:${caller?.id}` };
};

/** The request's idempotency key, if it has one, once it is known whose it is. */
export const idempotencyKeyOf = (
  route: Route,
  event: Event,
  exchange: Exchange,
): IdempotencyKey | undefined => {
  const key = givenKey(route, event);
  if (key === undefined || keyFaults(route, event).length > 0) return undefined;
  const owner = ownerOf(route, exchange);
  return owner && new IdempotencyKey(found(exchange, 'table'), route.path, owner, key, exchange.now);
};

/** Of the parameters as they were sent: another release may read them otherwise, and they are the same all the same. */
const fingerprint = (exchange: Exchange): string => fingerprintOf(found(exchange, 'raw'));

/** What saves the outcome of a request with its transaction, if the request has a key. */
export const savedOutcome = (exchange: Exchange, { data, email }: Outcome): readonly Write[] => {
  const { idempotency, action, route } = exchange;
  if (idempotency === undefined) return [];
  exchange.outcomeSaved = true;
  // An answer without data is no more than a session.
  const done = data === undefined ? 'client-required' : 'action-successful';
  const { status, message, data_json } = worded(route, done, { data });
  const record = {
    fingerprint: fingerprint(exchange),
    status,
    message,
    data_json,
    ...(email && { email_id: email.email_id, unsent_message: renderingOf('mandrill-email-failed').message }),
    ...(data !== undefined && { client_id: action?.concerns?.(data) }),
  };
  // Release 0.2, which runs beside this one until it is deployed, finds `data` here. Without them it answers a change of an order
  // that was done, but crashes about an account, or says that it is no client; an order's would be a second kilobyte to pay for.
  return idempotency.saved(record, typeof route?.access === 'object' ? {} : { data });
};

/** What was answered by what is remembered, as far as it is no session. */
export const answeredThen = (record: IdempotencyRecord, isSent: boolean): WordedAnswer => {
  const { status, message, unsent_message = message, data_json } = record;
  if (!isSent) return { status: 'mandrill-email-failed', message: unsent_message, data_json };
  // Only what was done is remembered, so that a status which another release knows is one of success.
  return { status: isStatus(status) ? status : 'action-successful', message, data_json };
};

/** Whether the caller may still see what was answered. */
const maySee = ({ caller }: Exchange, { client_id }: IdempotencyRecord): boolean =>
  client_id === undefined || caller === undefined || mayActFor(caller, client_id);

/** What is remembered of the request that was done with the key of one that could not be done. */
const doneBefore = async (exchange: Exchange, error: unknown): Promise<IdempotencyRecord | undefined> => {
  if (error instanceof KeyUsed) return error.record;
  if (!(error instanceof Refused) || error.details.errors === undefined) return undefined;
  const record = await exchange.idempotency?.find();
  return record && maySee(exchange, record) ? record : undefined;
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
const refusalOfReused = ({ params }: Exchange, { errors, data }: Refused['details'] = {}): Refused =>
  refusalOf(
    [...(errors ?? params?.faults ?? []), fault(HEADER, 'reused', 'was sent before, with other parameters')],
    data,
  );

/** Answers by what is remembered; undefined when the request is another than that. */
export type Replay = (record: IdempotencyRecord) => Promise<WordedAnswer | undefined>;

/**
 * Answers a request that was done before.
 *
 * @param refused what it was refused for this time
 * @throws {Refused} `invalid-param` with code `reused`, if it is another that has the same key
 */
export const replayed = async (
  exchange: Exchange,
  record: IdempotencyRecord,
  replay: Replay,
  refused?: Refused['details'],
): Promise<WordedAnswer> => {
  let answer: WordedAnswer | undefined;
  try {
    const isOurs = isSame(exchange, record) && maySee(exchange, record);
    answer = isOurs ? await replay(record) : undefined;
  } catch (error) {
    if (error instanceof KeyUsed) return replayed(exchange, error.record, replay, refused);
    throw error;
  }
  if (answer === undefined) throw refusalOfReused(exchange, refused);
  exchange.replayed = true;
  return answer;
};

/**
 * Does what is asked once for each idempotency key. That a request was done before shows when its transaction is refused,
 * or when it is refused for its parameters, as most are that come again (their `updated_at` is stale); so a request that is
 * the first with its key, as most are, needs no read for it.
 */
export const oncePerKey = async (
  exchange: Exchange,
  act: () => Promise<Result>,
  replay: Replay,
): Promise<Result | WordedAnswer> => {
  if (exchange.idempotency === undefined) return act();
  try {
    const result = await act();
    // What changed nothing had no transaction; its outcome must be the same again all the same.
    if (!exchange.outcomeSaved) {
      await found(exchange, 'table').transact(savedOutcome(exchange, { data: result.data }));
    }
    return result;
  } catch (error) {
    const record = await doneBefore(exchange, error);
    if (record === undefined) throw error;
    if (!(error instanceof Refused)) return replayed(exchange, record, replay);
    // Without a token, the same request is refused by its transaction alone: this one has another password.
    if (exchange.route?.access === 'anyone') throw refusalOfReused(exchange, error.details);
    return replayed(exchange, record, replay, error.details);
  }
};
