import { describe, expect, it } from 'vitest';
import {
  causeOf,
  type DeliveryFailure,
  failed,
  isGivenUp,
  isOfTheAddress,
  isWithheldFor,
  nextStep,
  tellsOfMandrill,
  withheld,
} from '../../functions/outbox/delivery.ts';
import { daysAgo, NOW } from '../support/sessions.ts';

const MINUTE_MS = 60_000;
/** The e-mail's own, or ours: it may pass. */
const PASSING: DeliveryFailure = { kind: 'mandrill-error', cause: 'ValidationError', permanent: false };
const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * MINUTE_MS).toISOString();
const pauseAfter = (failure: DeliveryFailure, tries: number) => {
  const step = nextStep(failure, { tries, tried_since: minutesAgo(1) }, NOW);
  return step.state === 'unsent' ? (step.due_at.getTime() - NOW.getTime()) / MINUTE_MS : step.state;
};

describe('the pause', () => {
  it.each([
    [0, 1],
    [1, 2],
    [2, 5],
    [3, 10],
    [4, 30],
    [5, 60],
    [6, 60],
    [1_000, 60],
  ])('After %i tries and the one that failed, the pause is %i minutes', (tries, minutes) => {
    expect(pauseAfter(PASSING, tries)).toBe(minutes);
  });

  it.each([
    { kind: 'timeout', cause: 'no answer in time', permanent: false },
    { kind: 'invalid-key', cause: 'Invalid_Key', permanent: false },
    { kind: 'mandrill-error', cause: 'GeneralError', permanent: false },
  ] as const)(
    'A pause is never longer than five minutes while it is Mandrill that is away ($kind)',
    (failure) => {
      expect([0, 1, 2, 3, 6].map((tries) => pauseAfter(failure, tries))).toEqual([1, 2, 5, 5, 5]);
    },
  );

  it('An e-mail for which Mandrill was not asked waits for the first pause, however often it was tried', () => {
    const untried = { kind: 'timeout', cause: 'no answer in time', permanent: false, untried: true } as const;
    expect([0, 3, 6].map((tries) => pauseAfter(untried, tries))).toEqual([1, 1, 1]);
  });
});

it('The last try is due when the 24 hours end', () => {
  const tried_since = minutesAgo(23.5 * 60);
  const due_at = new Date(NOW.getTime() + 30 * MINUTE_MS);
  expect(nextStep(PASSING, { tries: 20, tried_since }, NOW)).toEqual({ state: 'unsent', due_at });
});

it.each([daysAgo(1), daysAgo(30)])('An e-mail that fails 24 hours after %s is parked', (tried_since) => {
  expect(nextStep(PASSING, { tries: 1, tried_since }, NOW)).toEqual({ state: 'parked' });
  const untried = { ...PASSING, untried: true } as const;
  expect(nextStep(untried, { tries: 1, tried_since }, NOW)).toEqual({ state: 'parked' });
});

it.each([minutesAgo(0), daysAgo(2)])(
  'An e-mail that was refused for good is parked at once (%s)',
  (tried_since) => {
    const step = nextStep({ ...PASSING, permanent: true }, { tries: 1, tried_since }, NOW);
    expect(step).toEqual({ state: 'parked' });
  },
);

it('An e-mail that fails each time has about thirty tries in its 24 hours', () => {
  const tries = { tries: 0, tried_since: NOW.toISOString() };
  let now = NOW;
  for (;;) {
    const step = nextStep(PASSING, tries, now);
    tries.tries += 1;
    if (step.state === 'parked') break;
    expect(step.due_at.getTime()).toBeGreaterThan(now.getTime());
    now = step.due_at;
  }
  expect(now.getTime() - NOW.getTime()).toBe(24 * 60 * MINUTE_MS);
  expect(tries.tries).toBe(30);
});

describe('what became of an e-mail', () => {
  it.each([
    ['unreachable', 'ECONNREFUSED'],
    ['timeout', 'no answer in time'],
    ['unintelligible', 'an error that is not Mandrill’s'],
    ['invalid-key', 'Invalid_Key'],
    ['payment-required', 'PaymentRequired'],
    ['mandrill-error', 'GeneralError'],
    ['mandrill-error', 'ServiceUnavailable'],
  ] as const)('The failure %s: %s tells that Mandrill is away for everybody', (kind, cause) => {
    expect(tellsOfMandrill({ sent: false, failure: { kind, cause, permanent: false } })).toBe('away');
  });

  it.each([
    ['rejected', 'spam', true],
    ['invalid', 'invalid address', true],
    ['mandrill-error', 'ValidationError', false],
  ] as const)('The failure %s: %s tells that Mandrill answers', (kind, cause, permanent) => {
    expect(tellsOfMandrill({ sent: false, failure: { kind, cause, permanent } })).toBe('answers');
    expect(tellsOfMandrill({ sent: true, mandrill_id: 'mandrill-1' })).toBe('answers');
  });

  it.each([
    ['our-side', 'no time left'],
    ['no-recipient', 'no client record'],
  ] as const)('The failure %s: %s tells nothing of Mandrill', (kind, cause) => {
    expect(tellsOfMandrill({ sent: false, failure: { kind, cause, permanent: false } })).toBeUndefined();
  });
});

describe('when an e-mail is given up', () => {
  it('An e-mail may still be tried an hour after its 24 hours, if nothing has come of the last try', () => {
    expect(isGivenUp({ tried_since: minutesAgo(25 * 60) }, NOW)).toBe(false);
    expect(isGivenUp({ tried_since: minutesAgo(0) }, NOW)).toBe(false);
  });

  it('An e-mail that has been tried for more than 25 hours is given up', () => {
    expect(isGivenUp({ tried_since: minutesAgo(25 * 60) }, new Date(NOW.getTime() + 1))).toBe(true);
    expect(isGivenUp({ tried_since: daysAgo(30) }, NOW)).toBe(true);
  });
});

it('A failure is named by its kind and its cause, and may pass unless it is said to be for good', () => {
  expect(failed('rejected', 'spam', true)).toEqual({
    sent: false,
    failure: { kind: 'rejected', cause: 'spam', permanent: true },
  });
  expect(failed('timeout', 'no answer in time')).toMatchObject({ failure: { permanent: false } });
  expect(causeOf({ kind: 'rejected', cause: 'spam' })).toBe('rejected: spam');
});

describe('what an address is to blame for', () => {
  const isBlamed = (kind: DeliveryFailure['kind'], cause: string) =>
    isOfTheAddress({ kind, cause, permanent: true });

  it.each(['hard-bounce', 'soft-bounce', 'spam', 'unsub'])(
    'An e-mail that is rejected for %s fails by its address',
    (cause) => {
      expect(isBlamed('rejected', cause)).toBe(true);
      expect(isBlamed('mandrill-error', cause)).toBe(false);
    },
  );

  it('An address that is none is to blame', () => {
    expect(isBlamed('invalid', 'invalid address')).toBe(true);
  });

  it.each(['unsigned', 'invalid-sender', 'rule', 'test-mode-limit', 'custom', 'no reason given'])(
    'An e-mail that is rejected for %s fails by what is ours',
    (cause) => {
      expect(isBlamed('rejected', cause)).toBe(false);
    },
  );
});

it('An e-mail that is withheld says why, which is no failure', () => {
  expect(withheld('unverified')).toEqual({
    sent: false,
    withheld: { kind: 'unverified', cause: 'nobody has verified the address' },
  });
  expect(withheld('superseded').withheld.cause).toContain('another has taken its place');
  expect(['unverified', 'superseded', 'rejected', undefined].map(isWithheldFor)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(tellsOfMandrill(withheld('superseded'))).toBeUndefined();
});
