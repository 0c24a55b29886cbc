import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerName, givenPassword, password } from '../../functions/accounts/account-params.ts';
import { anyText } from '../support/any-text.ts';

describe('a new password', () => {
  const codesOf = (value: string) =>
    (password.safeParse(value).error?.issues ?? []).map(
      (issue) => issue.code === 'custom' && issue.params?.code,
    );
  /** One character, made of two, three and four. */
  const made = ['e\u0301', 'ệ'.normalize('NFD'), 'ᾂ'.normalize('NFD')];

  it.each([
    ['x'.repeat(7), ['too-short']],
    ['x'.repeat(8), []],
    ['x'.repeat(256), []],
    ['x'.repeat(257), ['too-long']],
    ['😀'.repeat(7), ['too-short']],
    ['😀'.repeat(256), []],
    ['\ud800'.repeat(8), ['malformed']],
  ])('A new password has 8 to 256 characters, which are code points: %#', (value, codes) => {
    expect(codesOf(value)).toEqual(codes);
  });

  it.each(made)(
    'A new password is counted in the form in which it is hashed, when a character is written as several: %j',
    (e) => {
      expect(codesOf(e.repeat(7))).toEqual(['too-short']);
      expect(codesOf(e.repeat(8))).toEqual([]);
      expect(codesOf(e.repeat(256))).toEqual([]);
      expect(codesOf(e.repeat(257))).toEqual(['too-long']);
    },
  );

  it('A new password is counted in that form too when one character becomes several', () => {
    expect(codesOf('ﬃ'.repeat(2))).toEqual(['too-short']);
    expect(codesOf('ﬃ'.repeat(3))).toEqual([]);
    expect(codesOf('\ufdfa'.repeat(14))).toEqual([]);
    expect(codesOf('\ufdfa'.repeat(15))).toEqual(['too-long']);
  });

  it('A password that is longer than any can be is not normalised: with so many marks, that takes ten seconds', () => {
    const { normalize } = String.prototype;
    const longest: number[] = [];
    String.prototype.normalize = function (this: string, form?: string) {
      longest.push(this.length);
      return normalize.call(this, form);
    };
    try {
      expect(codesOf('\u0301\u0316'.repeat(60_000))).toEqual(['too-long']);
      expect(codesOf(`x${'\u0301'.repeat(1_023)}`)).toEqual(['too-long']);
    } finally {
      String.prototype.normalize = normalize;
    }
    expect(longest).toEqual([1_024]);
  });

  it('A new password signs in, as it was registered and in every other form', () => {
    const signsIn = (value: string) => givenPassword.safeParse(value).success;
    const texts = fc.oneof(
      anyText({ maxLength: 300, size: 'max' }),
      fc
        .array(fc.constantFrom(...made, '\ufdfa', '😀', 'x'), { maxLength: 260, size: 'max' })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (value) => {
        fc.pre(codesOf(value).length === 0);
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) expect(signsIn(value.normalize(form))).toBe(true);
        expect(signsIn(value)).toBe(true);
      }),
    );
  });

  it('A password of release 0.2 signs in, which counted characters as they are written', () => {
    for (const old of ['\ufdfa'.repeat(256), 'e\u0301'.repeat(4), '😀'.repeat(256)]) {
      expect(givenPassword.safeParse(old).success).toBe(true);
    }
  });

  it('A password that is longer than any was is not even hashed', () => {
    expect(givenPassword.safeParse('x'.repeat(1_025)).success).toBe(false);
  });
});

it('What somebody is called has 200 characters at most, in one line', () => {
  const accepted = (value: string) => callerName.safeParse(value).success;
  expect(['Ada', '😀'.repeat(200)].map(accepted)).toEqual([true, true]);
  expect(['', ' ', 'A\nB', 'A\u202eB', 'x'.repeat(201)].map(accepted)).toEqual(Array(5).fill(false));
});
