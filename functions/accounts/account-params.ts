import { domainToASCII } from 'node:url';
import * as z from 'zod/mini';
import { judgeText, oneLine, rule, text, type Wrong, wrong } from '../contract/params.ts';

/** The longest address that can be a path in SMTP (RFC 5321, section 4.5.3.1.3, less its brackets). */
const MAX_ADDRESS = 254;
/** The longest part before the `@` (section 4.5.3.1.1). */
const MAX_LOCAL = 64;

/** An e-mail address, split and with its domain as DNS writes it; undefined for what is none. */
const parseAddress = (value: string): { local: string; domain: string } | undefined => {
  const at = value.lastIndexOf('@');
  const [local, written] = [value.slice(0, at), value.slice(at + 1)];
  if (at < 1 || at > MAX_LOCAL || value.length > MAX_ADDRESS || !DOMAIN.test(written)) return undefined;
  const domain = domainToASCII(written);
  const address = `${local}@${domain}`;
  return address.length <= MAX_ADDRESS && ADDRESS.test(address) ? { local, domain } : undefined;
};

const ADDRESS =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i;
/** What a domain can be written with. Making ASCII of it would read it as part of a URL, and drop or decode the rest. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;

const judgeAddress = (value: string): Wrong | undefined =>
  parseAddress(value) === undefined
    ? wrong('malformed', 'must be an e-mail address, such as ada@example.com')
    : undefined;

export const emailAddress = z.string().check(rule(judgeAddress));

/** An address that `emailAddress` accepts, with its domain as DNS writes it: not all that send e-mail know another way. */
export const sendableAddress = (address: string): string => {
  const parsed = parseAddress(address);
  return parsed === undefined ? address : `${parsed.local}@${parsed.domain}`;
};

/**
 * What tells addresses apart: two that differ in case, or in how the domain is written, are one. The part before the `@`
 * is ASCII.
 *
 * @param address one that `emailAddress` accepts
 */
export const sameAddressKey = (address: string): string => {
  const { local, domain } = parseAddress(address) ?? { local: address, domain: '' };
  return `${local}@${domain}`.toLowerCase();
};

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
export const password = z.string().check(rule(judgePassword));

/**
 * A password that somebody signs in with: everything that one can have been registered with. That includes those of release 0.2,
 * which counted 8 to 256 characters as they were written.
 */
export const givenPassword = text(MOST_FOLDED * MAX_PASSWORD);

/** What a person or a program is called. */
export const callerName = oneLine(200);
