import { digest } from '../adapters/digest.ts';
import { fingerprintOf, IdempotencyKey, type IdempotencyRecord, KeyUsed } from '../adapters/idempotency.ts';
import type { Write } from '../adapters/table.ts';
import type { Route } from '../contract/define-route.ts';
import { type Fault, fault } from '../contract/faults.ts';
import { Refused, refusalOf } from '../contract/refused.ts';
import type { ActionResult } from './action.ts';
import { type Exchange, found, type PipelineRequest } from './exchange.ts';

type Event = PipelineRequest['event'];
type Result = ActionResult<Route>;

const HEADER = 'Idempotency-Key';
const VISIBLE_ASCII = /^[!-~]{1,255}$/;

/** The key that the request gives; a `GET` does nothing that could be done twice. */
const givenKey = ({ method }: Route, { headers }: Event): string | undefined =>
  method === 'GET' ? undefined : headers[HEADER.toLowerCase()];

/** What is wrong with the request's idempotency key. */
export const keyFaults = (route: Route, event: Event): Fault[] =>
  VISIBLE_ASCII.test(givenKey(route, event) ?? 'none')
    ? []
    : [fault(HEADER, 'malformed', 'must be 1 to 255 visible ASCII characters')];

/**
 * Whose key it is. A user's is the same in each of its sessions; that of a request that ends its session is the session's,
 * since the session is all that is known of the caller when it is sent again.
 */
const ownerOf = (route: Route, { caller, token = '' }: Exchange): string => {
  if (route.access === 'anyone') return 'anyone';
  return route.endsSession ? `token:${digest(token)}` : `${caller?.kind}:${caller?.id}`;
};

/** The request's idempotency key, if it has one, once it is known whose it is. */
export const idempotencyKeyOf = (
  route: Route,
  event: Event,
  exchange: Exchange,
): IdempotencyKey | undefined => {
  const key = givenKey(route, event);
  if (key === undefined || keyFaults(route, event).length > 0) return undefined;
  const { path } = route;
  return new IdempotencyKey(found(exchange, 'table'), path, ownerOf(route, exchange), key, exchange.now);
};

/** What saves the outcome of a request with its transaction, if the request has a key. */
export const savedOutcome = (
  exchange: Exchange,
  outcome: Omit<IdempotencyRecord, 'fingerprint' | 'salt'>,
): readonly Write[] => {
  const { idempotency } = exchange;
  if (idempotency === undefined) return [];
  exchange.outcomeSaved = true;
  return [
    idempotency.saved({ ...outcome, fingerprint: fingerprintOf(found(exchange, 'params').complete()) }),
  ];
};

/** What is remembered of the request that was done with the key of one that could not be done. */
const doneBefore = async (
  { idempotency }: Exchange,
  error: unknown,
): Promise<IdempotencyRecord | undefined> => {
  if (error instanceof KeyUsed) return error.record;
  return error instanceof Refused && error.details.errors !== undefined ? idempotency?.find() : undefined;
};

/** Whether the request is the one that is remembered, as far as that shows without its password. */
const isSame = (exchange: Exchange, { fingerprint }: IdempotencyRecord): boolean => {
  const params = found(exchange, 'params');
  return params.faults.length === 0 && fingerprintOf(params.complete()) === fingerprint;
};

/** The refusal of a request whose key was used for another, with what else it is refused for. */
const refusalOfReused = ({ params }: Exchange, { errors, data }: Refused['details'] = {}): Refused =>
  refusalOf(
    [...(errors ?? params?.faults ?? []), fault(HEADER, 'reused', 'was sent before, with other parameters')],
    data,
  );

/** Answers by what is remembered; undefined when the request is another than that. */
export type Replay = (record: IdempotencyRecord) => Promise<Result | undefined>;

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
): Promise<Result> => {
  let result: Result | undefined;
  try {
    result = isSame(exchange, record) ? await replay(record) : undefined;
  } catch (error) {
    if (error instanceof KeyUsed) return replayed(exchange, error.record, replay, refused);
    exchange.replayed = error instanceof Refused && error.status === 'client-required';
    throw error;
  }
  if (result === undefined) throw refusalOfReused(exchange, refused);
  exchange.replayed = true;
  return result;
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
): Promise<Result> => {
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
