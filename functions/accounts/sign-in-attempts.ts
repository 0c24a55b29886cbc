import { sameAddressKey } from '../contract/email-address.ts';
import type { Table } from '../table/table.ts';
import { SIGN_IN_LIMIT, SIGN_IN_SOURCE_LIMIT } from './attempt-limits.ts';
import { Attempts } from './attempts.ts';

/**
 * The failed attempts to sign in with an e-mail address, and those from a source for whichever addresses. They count alike for
 * an address that nobody has and for one whose user signs in from there every day: so they tell nobody which it is.
 *
 * @param source the address that the request came from
 */
export const signInAttempts = (table: Table, email: string, source: string, now: Date): Attempts =>
  new Attempts(
    table,
    [
      { limit: SIGN_IN_LIMIT, who: sameAddressKey(email) },
      { limit: SIGN_IN_SOURCE_LIMIT, who: source },
    ],
    now,
  );
