import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryOf, mustRecordUse, type Session, stateOf, viewOf } from '../../functions/accounts/session.ts';

// By hand and not from the code: they are the contract's numbers.
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const START = Date.parse('2026-11-01T00:00:00.000Z');

/** The time so long after the start. */
const at = (ms: number): Date => new Date(START + ms);
const sessionOf = ({ age = 0, ...given }: Partial<Session> & { age?: number } = {}): Session => ({
  user_id: 31,
  name: 'Clara Client',
  held: { client_id: 5, employee: false, liaison_for: null },
  remember_me: false,
  created_at: at(-age).toISOString(),
  last_used_at: at(0).toISOString(),
  ...given,
});

describe('a session that is used', () => {
  const created = sessionOf();
  const usedAt = (ms: number): Session => ({ ...created, last_used_at: at(ms).toISOString() });

  it('A session that is used lives for 7 days and not a millisecond longer', () => {
    expect(stateOf(usedAt(7 * DAY - HOUR), at(7 * DAY))).toBe('live');
    expect(stateOf(usedAt(7 * DAY - HOUR), at(7 * DAY + 1))).toBe('expired');
  });

  it('A session that was used has expired for 30 days, and is forgotten then', () => {
    expect(stateOf(usedAt(7 * DAY - HOUR), at(37 * DAY))).toBe('expired');
    expect(stateOf(usedAt(7 * DAY - HOUR), at(37 * DAY + 1))).toBe('forgotten');
  });
});

describe('a session that is not used', () => {
  const session = sessionOf();
  const idle = 72 * HOUR + 5 * MINUTE;

  it('A session that is not used lives for 72 hours and the 5 minutes by which its recorded use may lag', () => {
    expect(stateOf(session, at(0))).toBe('live');
    expect(stateOf(session, at(idle))).toBe('live');
    expect(stateOf(session, at(idle + 1))).toBe('expired');
  });

  it('A session that was not used has expired for 30 days, and is forgotten then', () => {
    expect(stateOf(session, at(idle + 30 * DAY))).toBe('expired');
    expect(stateOf(session, at(idle + 30 * DAY + 1))).toBe('forgotten');
  });

  it('A session that is not used becomes no older than 7 days for all that', () => {
    expect(stateOf(sessionOf({ age: 6 * DAY }), at(DAY))).toBe('live');
    expect(stateOf(sessionOf({ age: 6 * DAY }), at(DAY + 1))).toBe('expired');
  });
});

describe('a session made with remember_me', () => {
  it('A session made with remember_me lives, however old and however long unused', () => {
    const session = sessionOf({ remember_me: true });
    expect(stateOf(session, at(2 * 365 * DAY))).toBe('live');
    expect(expiryOf(session)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a use', () => {
  it('A use must be recorded when the recorded one is 5 minutes back', () => {
    const session = sessionOf();
    expect(mustRecordUse(session, at(0))).toBe(false);
    expect(mustRecordUse(session, at(5 * MINUTE - 1))).toBe(false);
    expect(mustRecordUse(session, at(5 * MINUTE))).toBe(true);
  });
});

describe('a session over its life', () => {
  const gaps = fc.oneof(
    fc.nat(10 * MINUTE),
    fc.nat(30 * HOUR),
    fc.integer({ min: 72 * HOUR - MINUTE, max: 72 * HOUR + 6 * MINUTE }),
  );

  it('A session never expires early, and at most 5 minutes late', () => {
    fc.assert(
      fc.property(fc.array(gaps, { minLength: 1, maxLength: 20 }), (sinceLastUse) => {
        let session = sessionOf();
        let now = 0;
        for (const gap of sinceLastUse) {
          now += gap;
          const isLive = stateOf(session, at(now)) === 'live';
          if (now > 7 * DAY || gap > 72 * HOUR + 5 * MINUTE) expect(isLive).toBe(false);
          if (now <= 7 * DAY && gap <= 72 * HOUR) expect(isLive).toBe(true);
          if (!isLive) return;
          if (mustRecordUse(session, at(now))) session = { ...session, last_used_at: at(now).toISOString() };
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('what its owner sees of a session', () => {
  it('The owner of a session sees when it expires and which roles it gives, and not whom they are for', () => {
    expect(viewOf({ session: sessionOf(), token: 'ses_token' })).toEqual({
      token: 'ses_token',
      user_id: 31,
      name: 'Clara Client',
      roles: ['client'],
      remember_me: false,
      created_at: '2026-11-01T00:00:00.000Z',
      last_used_at: '2026-11-01T00:00:00.000Z',
      expires_at: '2026-11-04T00:05:00.000Z',
    });
  });

  it('The owner of a session that is remembered sees no expiry', () => {
    expect(viewOf({ session: sessionOf({ remember_me: true }), token: 'ses_token' }).expires_at).toBeNull();
  });
});
