import * as z from 'zod/mini';
import { stated } from '../contract/json-schema.ts';
import { judgeText, oneLine, rule, text, type Wrong, wrong } from '../contract/params.ts';

/** The characters that a password has at most, once it is normalised. */
const MAX_PASSWORD = 256;
/**
 * As it is written, a password has at most so many times its normalised characters: a character is made of four at most
 * (Unicode, annex 15; ᾂ is). Whatever is longer is too long, and need be neither normalised nor hashed.
 */
const MOST_FOLDED = 4;

const judgePassword = (value: string): Wrong | undefined => {
  const isFit = judgeText(value, MOST_FOLDED * MAX_PASSWORD) === undefined;
  return judgeText(isFit ? value.normalize('NFKC') : value, MAX_PASSWORD, 8);
};

/**
 * A new password: 8 to 256 characters in NFKC, the form in which it is hashed. Another keyboard may write other ones for the
 * same password, more or fewer.
 */
export const password = stated(z.string().check(rule(judgePassword)), () => ({
  type: 'string',
  pattern: '^\\P{Cs}*$',
  // NFKC leaves ASCII as it is. Of other characters it makes more, or fewer, and JSON Schema cannot count those.
  if: { pattern: '^[\\x00-\\x7f]*$' },
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema, and nothing awaits this.
  then: { minLength: 8, maxLength: MAX_PASSWORD },
  else: { minLength: 1, maxLength: MOST_FOLDED * MAX_PASSWORD },
}));

/**
 * A password that somebody signs in with: everything that one can have been registered with. That includes those of release 0.2,
 * which counted 8 to 256 characters as they were written.
 */
export const givenPassword = text(MOST_FOLDED * MAX_PASSWORD);

/** The token of a link that was sent by e-mail, as it stands after the `#` of the link. */
export const linkToken = text(100);

/** A code of 6 digits that was sent by e-mail. */
export const code = stated(
  z
    .string()
    .check(rule((value) => (/^\d{6}$/.test(value) ? undefined : wrong('malformed', 'must be 6 digits')))),
  () => ({ type: 'string', pattern: '^[0-9]{6}$' }),
);

/** What a person or a program is called. */
export const callerName = oneLine(200);
