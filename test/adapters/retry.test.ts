import { describe, expect, it } from 'vitest';
import { retrying, Unprocessed } from '../../functions/adapters/retry.ts';
import { farDeadline } from '../support/wired-table.ts';

const errorOf = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name, ...more });

/** An operation that rejects so often before it is done, and how often it was tried. */
const failing = (error: Error, times: number) => {
  const tried = { times: 0 };
  const operation = async () => {
    tried.times += 1;
    if (tried.times <= times) throw error;
    return 'done';
  };
  return { operation, tried };
};

describe('contention', () => {
  it.each([
    new Unprocessed(),
    ...[
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'ReplicatedWriteConflictException',
      'ThrottlingException',
      'TransactionConflictException',
      'TransactionInProgressException',
    ].map((name) => errorOf(name, { $fault: 'client' })),
    errorOf('TransactionCanceledException', {
      $fault: 'client',
      CancellationReasons: [{ Code: 'ProvisionedThroughputExceeded' }, { Code: 'None' }, {}],
    }),
  ])('by $name is waited out', async (error) => {
    const { operation, tried } = failing(error, 3);
    expect(await retrying(farDeadline(), operation)).toBe('done');
    expect(tried.times).toBe(4);
  });
});

describe('a refusal', () => {
  it.each([
    errorOf('ConditionalCheckFailedException', { $fault: 'client' }),
    errorOf('ValidationException', { $fault: 'client' }),
    errorOf('IdempotentParameterMismatchException', { $fault: 'client' }),
    errorOf('TransactionCanceledException', { $fault: 'client' }),
    new TypeError('a bug of ours'),
  ])('by $name is final', async (error) => {
    const { operation, tried } = failing(error, 1);
    await expect(retrying(farDeadline(), operation)).rejects.toBe(error);
    expect(tried.times).toBe(1);
  });
});

describe('a failure', () => {
  it.each([errorOf('TimeoutError'), errorOf('InternalServerError', { $fault: 'server' })])(
    'by $name is tried three times in all',
    async (error) => {
      const { operation, tried } = failing(error, 3);
      await expect(retrying(farDeadline(), operation)).rejects.toBe(error);
      expect(tried.times).toBe(3);
    },
  );
});

it('contention does not use up the tries that a failure has', async () => {
  const throttled = errorOf('ThrottlingException', { $fault: 'client' });
  const failures = [
    throttled,
    throttled,
    throttled,
    errorOf('TimeoutError'),
    throttled,
    errorOf('TimeoutError'),
  ];
  const operation = async () => {
    const failure = failures.shift();
    if (failure) throw failure;
    return 'done';
  };
  expect(await retrying(farDeadline(), operation)).toBe('done');
});

describe('a deadline', () => {
  const reason = new Error('the time is up');

  it('that has passed keeps an operation from being tried at all', async () => {
    const { operation, tried } = failing(new Unprocessed(), 0);
    const passed = { signal: AbortSignal.abort(reason), remaining: () => 0 };
    await expect(retrying(passed, operation)).rejects.toBe(reason);
    expect(tried.times).toBe(0);
  });

  it('that passes in a pause ends it', async () => {
    const controller = new AbortController();
    const operation = async () => {
      setImmediate(() => controller.abort(reason));
      throw new Unprocessed();
    };
    const outcome = retrying({ signal: controller.signal, remaining: () => 1_000 }, operation);
    await expect(outcome).rejects.toBe(reason);
  });
});
