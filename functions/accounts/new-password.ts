import { sameAddressKey } from '../contract/email-address.ts';
import { type Fault, fault } from '../contract/faults.ts';
import { isCommon } from './common-password.ts';
import { folded } from './folded.ts';

const MOST_REPEATED = 32;

/** Whose password it is, as far as that is known. */
interface Whose {
  email?: string | undefined;
  name?: string | undefined;
}

/** A word without what people put around and behind one to make a password of it: blanks, signs, and numbers at its end. */
const bare = (text: string): string =>
  folded(text)
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replace(/\p{N}+$/u, '');

/** The words that come to mind first of somebody: the address, its part before the `@`, the name, and ours. */
const wordsOf = ({ email, name }: Whose): string[] => [
  'Plano',
  ...(email === undefined ? [] : [email, email.slice(0, email.lastIndexOf('@'))]),
  ...(name === undefined ? [] : [name]),
];

const isOwnWord = (password: string, whose: Whose): boolean =>
  // The domain of an address has two ways to be written.
  (whose.email !== undefined && sameAddressKey(whose.email) === sameAddressKey(password)) ||
  wordsOf(whose).some(
    (word) => folded(word) === folded(password) || (bare(word) !== '' && bare(word) === bare(password)),
  );

/** Whether it is one character again and again, and not so often that nobody would try that. */
const isRepeated = (password: string): boolean =>
  password.length <= MOST_REPEATED && new Set(folded(password)).size === 1;

/**
 * What is wrong with a new password, whose form is right: it is one of those that are tried first. Passwords that are there already
 * go on working.
 */
export const faultsOfPassword = async (password: string | undefined, whose: Whose): Promise<Fault[]> => {
  if (password === undefined) return [];
  const isTooCommon =
    isRepeated(password) || isOwnWord(password, whose) || (await isCommon(folded(password)));
  return isTooCommon
    ? [
        fault(
          'password',
          'too-common',
          'is one of the passwords that are tried first: a common one, or the address or the name',
        ),
      ]
    : [];
};
