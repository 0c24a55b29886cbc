import { describe, expect, it } from 'vitest';
import { Patience } from '../../functions/table/patience.ts';
import { type Retries, retrying, TableUnavailable, Unprocessed } from '../../functions/table/retry.ts';
import { farDeadline } from '../support/far-deadline.ts';
import { QUICK } from '../support/wired-table.ts';

const errorOf = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name, ...more });
const throttled = errorOf('ThrottlingException', { $fault: 'client' });
const refused = errorOf('Error', { code: 'ECONNREFUSED' });

/** An operation that rejects with each of the errors, and then is done. */
const failingBy = (...errors: Error[]) => {
  const tried = { times: 0 };
  const operation = async () => {
    const error = errors[tried.times];
    tried.times += 1;
    if (error) throw error;
    return 'done';
  };
  return { operation, tried };
};
const retried = (operation: () => Promise<string>, retries: Retries = QUICK) =>
  retrying(farDeadline(), retries, operation);
const times = (count: number, error: Error): Error[] => Array.from({ length: count }, () => error);

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
  ])('Contention by $name is tried four times, and then says why it was in vain', async (error) => {
    expect(await retried(failingBy(...times(3, error)).operation)).toBe('done');

    const { operation, tried } = failingBy(...times(9, error));
    const rejection = retried(operation);
    await expect(rejection).rejects.toBeInstanceOf(TableUnavailable);
    await expect(rejection).rejects.toMatchObject({ tries: 4, cause: error });
    expect(tried.times).toBe(4);
  });
});

describe('a refusal', () => {
  it.each([
    errorOf('ConditionalCheckFailedException', { $fault: 'client', $response: {} }),
    errorOf('ValidationException', { $fault: 'client' }),
    errorOf('IdempotentParameterMismatchException', { $fault: 'client' }),
    errorOf('TransactionCanceledException', { $fault: 'client' }),
    errorOf('CredentialsProviderError'),
    // No signal has ended it.
    errorOf('AbortError'),
    new TypeError('a bug of ours'),
    errorOf('TypeError', { code: 'ERR_INVALID_ARG_TYPE' }),
  ])('A refusal by $name is final', async (error) => {
    const { operation, tried } = failingBy(error);
    await expect(retried(operation)).rejects.toBe(error);
    expect(tried.times).toBe(1);
  });
});

describe('a failure', () => {
  it.each([
    errorOf('TimeoutError'),
    refused,
    errorOf('InternalServerError', { $fault: 'server' }),
    errorOf('ResourceNotFoundException', { $fault: 'client' }),
    errorOf('SyntaxError', { $response: { statusCode: 503 } }),
  ])('A failure by $name $code is tried three times', async (error) => {
    const { operation, tried } = failingBy(...times(3, error));
    await expect(retried(operation)).rejects.toMatchObject({ tries: 3, cause: error });
    expect(tried.times).toBe(3);
  });

  it('A failure has no more tries together with contention', async () => {
    const { operation } = failingBy(throttled, refused, throttled, refused, throttled);
    await expect(retried(operation)).rejects.toMatchObject({ tries: 4, cause: refused });
  });
});

describe('patience', () => {
  it('Patience is lost by tries that come to nothing, of which those at the same time count once', () => {
    let now = 0;
    const patience = new Patience(1_000, () => now);
    now = 100;
    patience.lose(0);
    patience.lose(10);
    now = 300;
    patience.lose(40);
    now = 600;
    patience.lose(500);
    expect(patience.left).toBe(600);
    // Too little to wait for another answer.
    now = 701;
    patience.lose(600);
    expect(patience.left).toBe(0);
  });

  it('Patience that is at its end leaves each operation a single try', async () => {
    const patience = new Patience(0);
    const retries = { ...QUICK, patience };
    await expect(retried(failingBy(throttled).operation, retries)).rejects.toMatchObject({ tries: 1 });
    expect(await retried(failingBy().operation, retries)).toBe('done');
  });

  it('Patience that runs out ends a try for which no answer comes', async () => {
    const silent = (signal: AbortSignal) =>
      new Promise<string>((_, reject) => {
        signal.addEventListener('abort', () => reject(errorOf('AbortError', { cause: signal.reason })));
      });
    await expect(
      retrying(farDeadline(), { ...QUICK, patience: new Patience(1) }, silent),
    ).rejects.toMatchObject({
      tries: 1,
      cause: { name: 'TimeoutError' },
    });
  });
});

describe('a deadline', () => {
  const reason = new Error('the time is up');

  it('A deadline that has passed keeps an operation from being tried at all', async () => {
    const { operation, tried } = failingBy();
    const passed = { signal: AbortSignal.abort(reason), remaining: () => 0 };
    await expect(retrying(passed, QUICK, operation)).rejects.toMatchObject({ tries: 0, cause: reason });
    expect(tried.times).toBe(0);
  });

  it('A deadline that passes in a pause ends it, and what went wrong before is told', async () => {
    const controller = new AbortController();
    const operation = async () => {
      setImmediate(() => controller.abort(reason));
      throw throttled;
    };
    const deadline = { signal: controller.signal, remaining: () => 1_000 };
    const outcome = retrying(deadline, { pausesMs: [60_000] }, operation);
    await expect(outcome).rejects.toMatchObject({ tries: 1, cause: throttled });
  });

  it('A deadline that passes in a try does not hide what went wrong before it', async () => {
    const controller = new AbortController();
    const errors = [throttled];
    const operation = async () => {
      const error = errors.shift();
      if (error) throw error;
      controller.abort(reason);
      throw errorOf('AbortError', { cause: reason });
    };
    const deadline = { signal: controller.signal, remaining: () => 1_000 };
    await expect(retrying(deadline, QUICK, operation)).rejects.toMatchObject({ tries: 2, cause: throttled });
  });
});
