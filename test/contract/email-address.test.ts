import { describe, expect, it } from 'vitest';
import { emailAddress, sameAddressKey, sendableAddress } from '../../functions/contract/email-address.ts';

const isTaken = (value: string): boolean => emailAddress.safeParse(value).success;
/** An address of so many characters, whose domain has four labels of which none is too long. */
const ofLength = (length: number): string => {
  const start = `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.`;
  return `${start}${'d'.repeat(length - start.length - '.com'.length)}.com`;
};

describe('an e-mail address', () => {
  it.each([
    'ada@example.com',
    "o'neil+tag@sub.example.co.uk",
    'ada@exämple.com',
    'A_b-c@x1.io',
    'a.b.c@example.com',
    'a@b.cd',
    'ada@e-x.example',
    'ada@例え.テスト',
    'ada@example.xn--zckzah',
    `${'a'.repeat(64)}@example.com`,
    `ada@${'b'.repeat(63)}.com`,
    `ada@example.${'c'.repeat(63)}`,
    ofLength(246),
  ])('An e-mail address can be %s', (value) => {
    expect(isTaken(value)).toBe(true);
  });

  it.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@localhost',
    'ada@example..com',
    'ada@.example.com',
    'ada@example.com.',
    'a da@example.com',
    ' ada@example.com',
    'ada@example.com\n',
    'ada@bob@example.com',
    '.ada@example.com',
    'ada.@example.com',
    'a..da@example.com',
    'ada@example.com/evil?<b>',
    'ada@example.com#,b',
    'ada@ex%61mple.com',
    'ada@0x7f.1.1.10',
    'ada@example.c-m',
    'ada@example.c',
    'ada@example.c0',
    'jörg@example.com',
    'ada@-example.com',
    'ada@example-.com',
    `ada@${'b'.repeat(64)}.com`,
    `ada@example.${'c'.repeat(64)}`,
    `${'a'.repeat(250)}@example.com`,
    `${'a'.repeat(65)}@example.com`,
    // In ASCII it is longer than it is written.
    `${'a'.repeat(64)}@${'ä.'.repeat(90)}com`,
  ])('An e-mail address cannot be %j', (value) => {
    expect(isTaken(value)).toBe(false);
  });

  it('An e-mail address has 254 characters at most, as it is written and in ASCII', () => {
    const domain = (count: number) => `${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(count)}.com`;
    const longest = `${'a'.repeat(64)}@${domain(63)}`;
    expect(longest).toHaveLength(254);
    expect(isTaken(longest)).toBe(true);
    expect(isTaken(`a${longest}`)).toBe(false);
    expect(isTaken(longest.replace('.com', '.come'))).toBe(false);
  });

  it('What is no e-mail address is malformed, and is told what one looks like', () => {
    const [issue] = emailAddress.safeParse('ada').error?.issues ?? [];
    expect(issue).toMatchObject({ code: 'custom', params: { code: 'malformed' } });
    expect(issue?.message).toContain('ada@example.com');
  });
});

describe('whether two e-mail addresses are one', () => {
  it.each([
    ['Ada@Example.COM', 'ada@example.com'],
    ['ada@EXÄMPLE.com', 'ada@exämple.com'],
    ['ada@exämple.com', 'ada@xn--exmple-cua.com'],
    ['ada@exa\u0308mple.com', 'ada@ex\u00e4mple.com'],
  ])('The address %s is the same as %s', (one, other) => {
    expect(sameAddressKey(one)).toBe(sameAddressKey(other));
  });

  it.each([
    ['ada@example.com', 'ada+1@example.com'],
    ['ada@example.com', 'ada@example.org'],
    ['ada@example.com', 'bob@example.com'],
  ])('The address %s is another than %s', (one, other) => {
    expect(sameAddressKey(one)).not.toBe(sameAddressKey(other));
  });

  it('What is no address is told apart from what is another', () => {
    expect(sameAddressKey('nobody')).not.toBe(sameAddressKey('somebody'));
    expect(sameAddressKey('Nobody')).toBe('nobody@');
  });
});

describe('the address that an e-mail is sent to', () => {
  it.each([
    ['Ada@exämple.com', 'Ada@xn--exmple-cua.com'],
    ['ada@例え.jp', 'ada@xn--r8jz45g.jp'],
    ['ada@exa\u0308mple.com', 'ada@xn--exmple-cua.com'],
    ["o'neil+tag@example.com", "o'neil+tag@example.com"],
    ['ada@xn--exmple-cua.com', 'ada@xn--exmple-cua.com'],
  ])('An e-mail to %s is sent to %s, which Mandrill can read', (address, sendable) => {
    expect(sendableAddress(address)).toBe(sendable);
  });

  it('An address that is none is left as it is', () => {
    expect(sendableAddress('nobody')).toBe('nobody');
  });
});
