import { sameAddressKey } from '../contract/email-address.ts';
import { type Fault, fault } from '../contract/faults.ts';
import { isCommon } from './common-password.ts';
import { folded } from './folded.ts';

const LONGEST_PATTERN = 32;
const LONGEST_BLOCK = 4;

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
  'Plano Orders',
  ...(email === undefined ? [] : [email, email.slice(0, email.lastIndexOf('@'))]),
  ...(name === undefined ? [] : [name]),
];

const isOwnWord = (password: string, whose: Whose): boolean =>
  // The domain of an address has two ways to be written.
  (whose.email !== undefined && sameAddressKey(whose.email) === sameAddressKey(password)) ||
  wordsOf(whose).some(
    (word) => folded(word) === folded(password) || (bare(word) !== '' && bare(word) === bare(password)),
  );

/** The shortest text that makes this one again and again: itself, if no shorter one does. */
const blockOf = (text: string): string => /^(.+?)\1+$/su.exec(text)?.[1] ?? text;

/** The steps from character to character of `abcd` and of `4321`, where 0 comes after 9, as on a keyboard. */
const WAYS = [
  [1, -9],
  [-1, 9],
];

const isSequence = (text: string): boolean => {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return WAYS.some((way) => steps.every((step) => way.includes(step)));
};

/** Whether it is a pattern and no word: a few characters again and again, or a sequence, but not so long that nobody would try it. */
const isPattern = (text: string): boolean => {
  const block = blockOf(text);
  const isBlock = block !== text && block.length <= LONGEST_BLOCK;
  return text.length <= LONGEST_PATTERN && (isBlock || isSequence(block));
};

/**
 * What is wrong with a new password, whose form is right: it is one of those that are tried first. Passwords that are there already
 * go on working.
 */
export const faultsOfPassword = async (password: string | undefined, whose: Whose): Promise<Fault[]> => {
  if (password === undefined) return [];
  const text = folded(password);
  const backwards = Array.from(text).reverse().join('');
  const isTooCommon =
    isPattern(text) ||
    [password, blockOf(text)].some((word) => isOwnWord(word, whose)) ||
    (await isCommon(text)) ||
    (await isCommon(backwards));
  return isTooCommon
    ? [
        fault(
          'password',
          'too-common',
          'is one of the passwords that are tried first: a common one, a pattern, or the address or the name',
        ),
      ]
    : [];
};
