import { domainToASCII } from 'node:url';
import * as z from 'zod/mini';
import { text } from './params.ts';

/** The longest address that can be a path in SMTP (RFC 5321, section 4.5.3.1.3, less its brackets). */
const MAX_ADDRESS = 254;

/** An e-mail address, split and with its domain as DNS writes it; undefined for what is none. */
const parseAddress = (value: string): { local: string; domain: string } | undefined => {
  const at = value.lastIndexOf('@');
  const [local, domain] = [value.slice(0, at), domainToASCII(value.slice(at + 1))];
  // Making ASCII of a domain drops line breaks and tabs.
  const isAddress =
    at > 0 && value.length <= MAX_ADDRESS && !/\s/.test(value) && ADDRESS.test(`${local}@${domain}`);
  return isAddress ? { local, domain } : undefined;
};

const ADDRESS =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

export const emailAddress = z.string().check(({ value, issues }) => {
  if (parseAddress(value) !== undefined) return;
  const message = 'must be an e-mail address, such as ada@example.com';
  issues.push({ code: 'custom', input: value, params: { code: 'malformed' }, message });
});

/**
 * What tells addresses apart: two that differ in case, in Unicode form, or in how the domain is written, are one.
 *
 * @param address one that `emailAddress` accepts
 */
export const sameAddressKey = (address: string): string => {
  const { local, domain } = parseAddress(address) ?? { local: address, domain: '' };
  // Upper case first, since some letters fold only that way (ß and ss).
  const folded = local.normalize('NFKC').toUpperCase().toLowerCase();
  return `${folded}@${domain.toLowerCase()}`;
};

/** A password: 8 to 256 characters. */
export const password = text(256, 8);

/** A person's name. */
export const personName = text(200, 1);
