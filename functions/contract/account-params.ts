import { domainToASCII } from 'node:url';
import * as z from 'zod/mini';
import { text, UNSHOWN } from './params.ts';

/** The longest address that can be a path in SMTP (RFC 5321, section 4.5.3.1.3, less its brackets). */
const MAX_ADDRESS = 254;

/** An e-mail address, split and with its domain as DNS writes it; undefined for what is none. */
const parseAddress = (value: string): { local: string; domain: string } | undefined => {
  const at = value.lastIndexOf('@');
  const [local, written] = [value.slice(0, at), value.slice(at + 1)];
  if (at < 1 || value.length > MAX_ADDRESS || !DOMAIN.test(written)) return undefined;
  const domain = domainToASCII(written);
  return ADDRESS.test(`${local}@${domain}`) ? { local, domain } : undefined;
};

const ADDRESS =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i;
/** What a domain can be written with. Making ASCII of it would read it as part of a URL, and drop or decode the rest. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;

export const emailAddress = z.string().check(({ value, issues }) => {
  if (parseAddress(value) !== undefined) return;
  const message = 'must be an e-mail address, such as ada@example.com';
  issues.push({ code: 'custom', input: value, params: { code: 'malformed' }, message });
});

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

/** A password: 8 to 256 characters. */
export const password = text(256, 8);

/** A person's name, in one line. */
export const personName = text(200, 1).check(({ value, issues }) => {
  if (!UNSHOWN.test(value)) return;
  const message = 'must be one line, without control characters';
  issues.push({ code: 'custom', input: value, params: { code: 'malformed' }, message });
});
