import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { oneLine, visibleText } from '../../functions/contract/params.ts';
import { anyText } from '../support/any-text.ts';

const codesOf = (schema: z.ZodMiniType, value: unknown): unknown[] =>
  (schema.safeParse(value).error?.issues ?? []).map((issue) =>
    issue.code === 'custom' ? issue.params?.code : issue.code,
  );

/** What is there and cannot be seen, in whatever number. */
const unseen = {
  nothing: '',
  spaces: ' \u00a0\u2003\u3000\u1680',
  'zero-width characters': '\u200b\u200c\u200d\u2060\ufeff',
  'a soft hyphen': '\u00ad',
  'Hangul fillers': '\u3164\u115f\u1160\uffa0',
  'a blank in Braille': '\u2800',
  'what stands for an object': '\ufffc',
  'blanks among hieroglyphs': '\u{13441}\u{13442}',
  'a note without its head': '\u{1d159}',
  'marks without anything that they are on': '\u0301\u0e34\u0903\u20dd',
  'variation selectors': '\ufe0f\ufe0e\u{e0100}\u180b',
  'tag characters': '\u{e0041}\u{e007f}',
  'Khmer vowels that are not written': '\u17b4\u17b5',
  'a joiner of graphemes': '\u034f',
  'private and unassigned characters': '\ue000\u{10fffd}\u0378\uffff',
};

describe('a name', () => {
  it.each([
    'Ada',
    'Zoë de la Cruz-O’Neil',
    '李小龙',
    '김철수',
    '서울\u3164',
    'ᄀᆞᆷ',
    'संगीता',
    'ผู้ใช้',
    'علی‌رضا می‌خواهد',
    'שלום',
    'አበበ',
    'ꦱꦸꦥꦿꦤ',
    '𓀀',
    '⠁',
    'x\u0301',
    '👩🏽‍🔧',
    '❤️',
    '1️⃣',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '7',
    '–',
    ' A ',
  ])('A name can be %s', (name) => {
    expect(codesOf(oneLine(200), name)).toEqual([]);
  });

  it.each(Object.entries(unseen))('A name cannot be of %s alone', (_, name) => {
    expect(codesOf(oneLine(200), name)).toEqual(['blank']);
    expect(codesOf(oneLine(200), `${name}A`)).toEqual([]);
  });

  it.each([
    ['a line feed', '\n'],
    ['a carriage return', '\r'],
    ['a tab', '\t'],
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
    ['a next line', '\u0085'],
    ['a form feed', '\f'],
    ['a vertical tab', '\v'],
    ['NUL', '\u0000'],
    ['an escape', '\u001b'],
    ['a delete', '\u007f'],
    ['an Arabic letter mark', '\u061c'],
    ['a left-to-right mark', '\u200e'],
    ['a right-to-left mark', '\u200f'],
    ['an embedding', '\u202b'],
    ['an override', '\u202e'],
    ['a pop of directions', '\u202c'],
    ['an isolate', '\u2066'],
    ['a pop of an isolate', '\u2069'],
  ])('A name cannot have %s, at either end or within, nor be of it alone', (_, character) => {
    for (const name of [`A${character}`, `${character}A`, `A${character}B`, character]) {
      expect(codesOf(oneLine(200), name)).toEqual(['malformed']);
    }
  });

  it('A name has one fault at most, whatever it is', () => {
    const parts = fc.constantFrom('A', '\n', '\u202e', ' ', '\u3164', '\ud800', '😀', 'x'.repeat(5));
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 6 }), (name) => {
        expect(codesOf(oneLine(5), name.join('')).length).toBeLessThanOrEqual(1);
        expect(codesOf(visibleText(5), name.join('')).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('A name of a single character is the one that people see, or none', () => {
    // Of every character of every script: what is accepted is a base, and is drawn as something.
    fc.assert(
      fc.property(anyText({ minLength: 1, maxLength: 1 }), (character) => {
        const isAccepted = codesOf(oneLine(1), character).length === 0;
        expect(isAccepted && /^[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]$/u.test(character)).toBe(
          false,
        );
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }), (name) => {
        // Hangul's fillers and the blanks of hieroglyphs are letters that are drawn as nothing.
        const isSeen =
          /[[\p{L}\p{Extended_Pictographic}]--[\p{Default_Ignorable_Code_Point}\u{13441}\u{13442}]]/v;
        fc.pre(isSeen.test(name));
        // Separators of lines and marks of direction are characters, too.
        const isOneLine = !/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(name);
        expect(codesOf(oneLine(200), name)).toEqual(isOneLine ? [] : ['malformed']);
      }),
      // What made it fail once: a line separator before a letter.
      { examples: [['\u2028一']] },
    );
  });
});

describe('a text in which something must be seen', () => {
  it('A text in which something must be seen may have lines', () => {
    expect(codesOf(visibleText(30), '1 Long Road\nLondon\u2028UK')).toEqual([]);
  });

  it.each(Object.entries(unseen))(
    'A text in which something must be seen cannot be of %s alone',
    (_, value) => {
      expect(codesOf(visibleText(20), value)).toEqual(['blank']);
      expect(codesOf(visibleText(20), `\n${value}\n`)).toEqual(['blank']);
    },
  );
});
