import pRetry from 'p-retry';
import type { Deadline } from './deadline.ts';

/** Thrown by an operation of which a part was not done, to have the rest tried again. */
export class Unprocessed extends Error {
  override readonly name = 'Unprocessed';
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

/** How often a request is sent that gets no answer, or one that says that DynamoDB failed; the SDK's own default. */
const ATTEMPTS_WITHOUT_ANSWER = 3;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

interface ServiceError extends Error {
  $fault?: 'client' | 'server';
  CancellationReasons?: { Code?: string }[];
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

/** Whether no answer came (a connection or time-out error), or one that blames the service. */
const isUnanswered = (error: ServiceError): boolean => error.$fault !== 'client';

/**
 * Does an operation on DynamoDB, again when it may help, with pauses that grow and vary: while there is contention until
 * the deadline, without an answer a few times. The SDK itself retries nothing, so that only one place decides.
 */
export const retrying = <T>(deadline: Deadline, operation: () => Promise<T>): Promise<T> => {
  let unanswered = 0;
  const isTriedAgain = (error: ServiceError): boolean => {
    if (isContention(error)) return true;
    unanswered += 1;
    return isUnanswered(error) && unanswered < ATTEMPTS_WITHOUT_ANSWER;
  };
  return pRetry(operation, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: FIRST_PAUSE_MS,
    maxTimeout: LONGEST_PAUSE_MS,
    randomize: true,
    signal: deadline.signal,
    shouldRetry: ({ error }) => isTriedAgain(error),
  });
};
