import type { User } from '../../client/src/index.ts';
import { ACCOUNT_PATHS, type AccountPath } from '../../functions/documents/account/paths.ts';

/** Where somebody is: a page, and the token of the link that has led there. */
export interface Place {
  path: AccountPath;
  /** Empty when none has. */
  token: string;
}

/** What of an address makes a difference. */
type Address = Pick<URL, 'pathname' | 'hash'>;

/** The place of an address; that of one which is none of the pages is the account. */
export const placeOf = ({ pathname, hash }: Address): Place => ({
  path: ACCOUNT_PATHS.find((path) => path === pathname) ?? '/account',
  token: hash.slice(1),
});

/** Where a user goes on: whoever has no role becomes a client. */
export const nextPathOf = ({ roles }: Pick<User, 'roles'>): '/account/client' | '/account' =>
  roles.length === 0 ? '/account/client' : '/account';

/** A code as it was typed or pasted: the 6 digits of an e-mail may come in groups. */
export const codeIn = (typed: string): string => typed.replaceAll(/[\s-]/g, '');

/** The values that say something: an optional field that is left empty is a parameter that is not given. */
export const given = <Name extends string>(values: Record<Name, string>): Partial<Record<Name, string>> =>
  Object.fromEntries(Object.entries<string>(values).filter(([, value]) => value.trim() !== '')) as Partial<
    Record<Name, string>
  >;
