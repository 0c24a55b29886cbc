import { describe, expect, it } from 'vitest';
import {
  emailAddress,
  password,
  personName,
  sameAddressKey,
} from '../../functions/contract/account-params.ts';

describe('an e-mail address', () => {
  it.each(['ada@example.com', "o'neil+tag@sub.example.co.uk", 'ada@exämple.com', 'A_b-c@x1.io'])(
    'can be %s',
    (value) => {
      expect(emailAddress.safeParse(value).success).toBe(true);
    },
  );

  it.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@localhost',
    'ada@example..com',
    'a da@example.com',
    ' ada@example.com',
    'ada@example.com\n',
    'ada@bob@example.com',
    '.ada@example.com',
    'ada@example.com/evil?<b>',
    'ada@example.com#,b',
    'ada@ex%61mple.com',
    'ada@0x7f.1.1.10',
    'ada@example.c-m',
    'jörg@example.com',
    'ada@-example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('cannot be %j', (value) => {
    expect(emailAddress.safeParse(value).success).toBe(false);
  });

  it.each([
    ['Ada@Example.COM', 'ada@example.com'],
    ['ada@EXÄMPLE.com', 'ada@exämple.com'],
    ['ada@exämple.com', 'ada@xn--exmple-cua.com'],
    ['ada@exa\u0308mple.com', 'ada@ex\u00e4mple.com'],
  ])('%s is the same as %s', (one, other) => {
    expect(sameAddressKey(one)).toBe(sameAddressKey(other));
  });

  it('is another when more than its writing differs', () => {
    expect(sameAddressKey('ada@example.com')).not.toBe(sameAddressKey('ada+1@example.com'));
  });
});

it('takes a password of 8 to 256 characters, counted as people count', () => {
  const accepted = (value: string) => password.safeParse(value).success;
  expect([accepted('x'.repeat(7)), accepted('x'.repeat(8))]).toEqual([false, true]);
  expect([accepted('x'.repeat(256)), accepted('x'.repeat(257))]).toEqual([true, false]);
  expect([accepted('😀'.repeat(7)), accepted('😀'.repeat(256))]).toEqual([false, true]);
});

it('takes a name of one line, and nothing that does something to a screen', () => {
  const accepted = (value: string) => personName.safeParse(value).success;
  expect(['Ada', 'Zoë de la Cruz-O’Neil', '李小龙', '👩🏽‍🔧'].map(accepted)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['', 'A\nB', 'A\tB', '\u001b[8m', 'A\u202eB', 'x'.repeat(201)].map(accepted)).toEqual(
    Array(6).fill(false),
  );
});
