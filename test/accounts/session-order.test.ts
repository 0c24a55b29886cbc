import { describe, expect, it } from 'vitest';
import { forgottenAt, inOrderOfEnding, type Session, stateOf } from '../../functions/accounts/session.ts';
import { aSession, daysAgo, NOW } from '../support/sessions.ts';

const DAY_MS = 86_400_000;

describe('which sessions end when there are too many', () => {
  const used = (days: number, given: Partial<Session> = {}) =>
    aSession({ created_at: daysAgo(days), last_used_at: daysAgo(days), ...given });
  const ended = (...sessions: (Session | undefined)[]) =>
    inOrderOfEnding(
      sessions.map((session) => ({ session })),
      NOW,
    ).map(({ session }) => session);

  it('Of live sessions the one that was unused for longest ends first', () => {
    const [today, yesterday, before] = [used(0), used(1), used(2)];
    expect(ended(yesterday, today, before)).toEqual([before, yesterday, today]);
    expect(ended(before, yesterday, today)).toEqual([before, yesterday, today]);
  });

  it('An expired session ends before every live one, though it was used later', () => {
    const expired = used(10, { last_used_at: daysAgo(1) });
    const live = used(2);
    expect(ended(live, expired)).toEqual([expired, live]);
    const remembered = used(100, { remember_me: true });
    expect(ended(remembered, expired)).toEqual([expired, remembered]);
  });

  it('A session that cannot be read ends last, since nobody knows what it is worth', () => {
    const live = used(0);
    expect(ended(undefined, live)).toEqual([live, undefined]);
    expect(ended(live, undefined)).toEqual([live, undefined]);
  });

  it('The order of the sessions that are given stays as it is', () => {
    const given = [{ session: used(0) }, { session: used(1) }];
    const before = [...given];
    inOrderOfEnding(given, NOW);
    expect(given).toEqual(before);
  });
});

describe('when a session is forgotten', () => {
  it('A session is forgotten 37 days after it was made, however lately it was used', () => {
    const session = aSession({ created_at: NOW.toISOString() });
    const at = forgottenAt(session) ?? 0;
    expect(at - NOW.getTime()).toBe(37 * DAY_MS);
    const used = { ...session, last_used_at: new Date(at).toISOString() };
    expect(stateOf(used, new Date(at))).toBe('expired');
    expect(stateOf(used, new Date(at + 1))).toBe('forgotten');
  });

  it('A session that is remembered is never forgotten', () => {
    expect(forgottenAt(aSession({ remember_me: true }))).toBeUndefined();
  });
});
