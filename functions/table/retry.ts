import { setTimeout } from 'node:timers/promises';
import type { Deadline } from './deadline.ts';
import type { Patience } from './patience.ts';

/** Thrown by an operation of which a part was not done, to have the rest tried again. */
export class Unprocessed extends Error {
  override readonly name = 'Unprocessed';
}

/** Thrown when the table is away or takes no more, though it was asked several times: it may do better a moment later. */
export class TableUnavailable extends Error {
  override readonly name = 'TableUnavailable';
  /** How often it was asked. */
  readonly tries: number;

  /** @param cause why it was not done the last time */
  constructor(tries: number, cause: unknown) {
    const { code, name } = cause as ServiceError;
    super(`the table is away or takes no more (${typeof code === 'string' ? code : name})`, { cause });
    this.tries = tries;
  }
}

/** Errors by which DynamoDB says that it would do the same a moment later. */
const CONTENTION = new Set([
  'Unprocessed',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ReplicatedWriteConflictException',
  'ThrottlingException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);
/** Reasons for cancelling a transaction that say the same. */
const CONTENTION_REASONS = new Set([
  'None',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
  'TransactionConflict',
]);

/**
 * Milliseconds between one try and the next, each half of it or half as much again, so that those who met once do not meet
 * each time: four tries within 2 s.
 */
const PAUSES_MS = [50, 250, 900];
/** How often a request is sent that gets no answer, or one that says that DynamoDB failed; the SDK's own default. */
const TRIES_WITHOUT_ANSWER = 3;

interface ServiceError extends Error {
  $fault?: 'client' | 'server';
  $response?: unknown;
  CancellationReasons?: { Code?: string }[];
  code?: string | number;
}

/**
 * Whether a cancelled transaction may do better. While another is at one of its rows, also a condition that does not hold is
 * no last word: what the other does to the rest would not be seen yet.
 */
const isWorthAnother = (codes: readonly string[]): boolean => {
  const others = codes.filter((code) => !CONTENTION_REASONS.has(code));
  if (codes.includes('TransactionConflict')) return others.every((code) => code === 'ConditionalCheckFailed');
  return codes.length > 0 && others.length === 0;
};

const isContention = (error: ServiceError): boolean =>
  CONTENTION.has(error.name) ||
  (error.name === 'TransactionCanceledException' &&
    isWorthAnother((error.CancellationReasons ?? []).map(({ Code = 'None' }) => Code)));

/** What Node calls an error of the network or of the system; one of a program of ours has `ERR_`. */
const SYSTEM_ERROR = /^E(?!RR_)[A-Z_]+$/;

/** Whether no answer came, one that cannot be understood, or one that blames the service or has no such table. */
const isUnanswered = ({ $fault, $response, name, code = '' }: ServiceError): boolean =>
  $fault === undefined
    ? $response !== undefined || SYSTEM_ERROR.test(String(code)) || name === 'TimeoutError'
    : $fault === 'server' || name === 'ResourceNotFoundException';

/** How often, and for how long, a table is asked that does not do what it is asked. */
export interface Retries {
  /** What may be lost in all; without it, the tries of each operation are what ends it. */
  patience?: Patience;
  pausesMs?: readonly number[];
}

/**
 * Does an operation on DynamoDB, and again when it may help, a few times, with pauses that grow and vary. The SDK itself
 * retries nothing, so that only one place decides.
 *
 * @param operation does it, until the signal aborts
 * @throws {TableUnavailable} when it was in vain, or the deadline has passed
 */
export const retrying = async <T>(
  deadline: Deadline,
  { patience, pausesMs = PAUSES_MS }: Retries,
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  let [tries, unanswered] = [0, 0];
  let last: ServiceError | undefined;
  while (!deadline.signal.aborted) {
    const startedAt = performance.now();
    const { signal, end } = patience?.begin(deadline) ?? { signal: deadline.signal };
    try {
      tries += 1;
      return await operation(signal);
    } catch (thrown) {
      patience?.lose(startedAt);
      const { name } = thrown as ServiceError;
      const isCutOff = signal.aborted && name === 'AbortError';
      // What the deadline has cut off says less than what went wrong before it.
      if (isCutOff && deadline.signal.aborted) break;
      // The SDK does not always say why it was aborted.
      const error = (isCutOff ? signal.reason : thrown) as ServiceError;
      if (isUnanswered(error)) unanswered += 1;
      else if (!isContention(error)) throw error;
      last = error;
    } finally {
      end?.();
    }
    const left = patience?.left ?? Number.POSITIVE_INFINITY;
    const pause = pausesMs[tries - 1];
    if (pause === undefined || unanswered === TRIES_WITHOUT_ANSWER || left === 0) break;
    const varied = Math.min(pause * (0.5 + Math.random()), left);
    await setTimeout(varied, undefined, { signal: deadline.signal }).catch(() => undefined);
    patience?.lose(startedAt);
  }
  throw new TableUnavailable(tries, last ?? deadline.signal.reason);
};
