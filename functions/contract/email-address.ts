import { domainToASCII } from 'node:url';
import * as z from 'zod/mini';
import { stated } from './json-schema.ts';
import { rule, type Wrong, wrong } from './params.ts';

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

/**
 * An address as a pattern: of a domain in ASCII all but how its labels are encoded (`xn--`); of others no more than that they are in
 * letters, since no pattern can make ASCII of them.
 */
const LOCAL_PATTERN = "[\\w!#$%&'*+\\/=?^`{|}~\\-]+";
const DOMAIN_PATTERN =
  '(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?\\.)+(?:[A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9\\-]{1,59})';
const ADDRESS_PATTERN = `^(?=[^@]{1,${MAX_LOCAL}}@)${LOCAL_PATTERN}(?:\\.${LOCAL_PATTERN})*@(?:${DOMAIN_PATTERN}|(?=.*[^\\x00-\\x7f])[\\p{L}\\p{M}\\p{N}.\\-]+)$`;

export const emailAddress = stated(z.string().check(rule(judgeAddress)), () => ({
  type: 'string',
  maxLength: MAX_ADDRESS,
  pattern: ADDRESS_PATTERN,
}));

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
