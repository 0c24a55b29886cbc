import { sameAddressKey } from '../contract/email-address.ts';
import type { Table } from '../table/table.ts';
import { SIGN_IN_LIMIT } from './attempt-limits.ts';
import { Attempts } from './attempts.ts';
import { isFamiliarSource } from './users.ts';

/**
 * The failed attempts to sign in with an e-mail address. Where the user signed in before, attempts are counted apart: a
 * stranger's do not keep the user out there.
 *
 * @param source the address that the request came from
 */
export const signInAttempts = async (
  table: Table,
  email: string,
  source: string,
  now: Date,
): Promise<Attempts> => {
  const address = sameAddressKey(email);
  const who = (await isFamiliarSource(table, email, source, now)) ? `${address} ${source}` : address;
  return new Attempts(table, SIGN_IN_LIMIT, who, now);
};
