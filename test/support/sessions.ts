import type { HeldRoles } from '../../functions/accounts/caller.ts';
import type { Session } from '../../functions/accounts/session.ts';
import { randomId } from '../../functions/table/ids.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The time at which tests take place. */
export const NOW = new Date('2026-11-02T09:30:00.000Z');

/** So many days before then. */
export const daysAgo = (days: number): string => new Date(NOW.getTime() - days * DAY_MS).toISOString();

export const NO_ROLE: HeldRoles = { client_id: null, employee: false, liaison_for: null };

/** An employee's session, made a day ago and used this very moment, unless said otherwise. */
export const aSession = (given: Partial<Session> = {}): Session => ({
  user_id: randomId(),
  name: 'Erin',
  held: { ...NO_ROLE, employee: true },
  remember_me: false,
  created_at: daysAgo(1),
  last_used_at: NOW.toISOString(),
  ...given,
});
