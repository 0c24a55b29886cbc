import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCursor, readCursor } from '../../functions/table/cursors.ts';
import { anyText } from '../support/any-text.ts';

const LIST = '["orders/list","open"]';
const POSITION = '2026-11-25T09:14:00.000Z#0000268111675029';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const texts = anyText();
const positions = fc
  .record({
    at: fc.date({ min: new Date('2000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    id: fc.option(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
    digits: fc.constantFrom(1, 16),
  })
  .map(
    ({ at, id, digits }) => at.toISOString() + (id === null ? '' : `#${String(id).padStart(digits, '0')}`),
  );
/** Most of them such as a cursor is made of, so that what is not a cursor looks like one. */
const characters = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...BASE64URL) },
  anyText({ minLength: 1, maxLength: 1 }),
);

/** Checks that what becomes of a cursor is none any more. */
const spoils = (spoil: (cursor: string, at: number, character: string) => string): void =>
  fc.assert(
    fc.property(positions, fc.nat(), characters, (position, at, character) => {
      const cursor = makeCursor(LIST, position);
      const spoilt = spoil(cursor, at % cursor.length, character);
      fc.pre(spoilt !== cursor);
      expect(readCursor(LIST, spoilt)).toBe('malformed');
    }),
    { numRuns: 1_000 },
  );

describe('a cursor', () => {
  it('A cursor gives back the position that it was made for, in the list that it was made for', () => {
    fc.assert(
      fc.property(texts, positions, (list, position) => {
        const cursor = makeCursor(list, position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(readCursor(list, cursor)).toEqual({ position });
      }),
    );
  });

  it('A cursor belongs to its list, and to no other', () => {
    fc.assert(
      fc.property(texts, texts, positions, (list, other, position) => {
        fc.pre(list !== other);
        expect(readCursor(other, makeCursor(list, position))).toBe('other-list');
      }),
    );
  });

  it('A cursor is the same in every release from this one on', () => {
    const cursor = 'Ov1AjJaxLM3ZXDS5k7IDEqwfMjAyNi0xMS0yNVQwOToxNDowMC4wMDBaIzAwMDAyNjgxMTE2NzUwMjk';
    expect(makeCursor(LIST, POSITION)).toBe(cursor);
    expect(readCursor(LIST, cursor)).toEqual({ position: POSITION });
  });

  it('A cursor tells nothing of its list, which may name a client', () => {
    const list = '["orders/list","open",76069395957492]';
    const held = Buffer.from(makeCursor(list, POSITION), 'base64url').toString('latin1');
    expect(held).toContain(POSITION);
    expect(held).not.toMatch(/orders|open|7606939/);
    expect(held).toHaveLength(POSITION.length + 18);
  });

  it('A cursor is none any more with any of its characters changed to any other', () => {
    const cursor = makeCursor(LIST, POSITION);
    for (const [at, character] of [...cursor].entries()) {
      for (const other of BASE64URL) {
        if (other === character) continue;
        const changed = cursor.slice(0, at) + other + cursor.slice(at + 1);
        expect(readCursor(LIST, changed)).toBe('malformed');
      }
    }
    spoils((text, at, character) => text.slice(0, at) + character + text.slice(at + 1));
  });

  it('A cursor is none any more with a character added, inside or at its end', () => {
    spoils((cursor, at, character) => cursor.slice(0, at) + character + cursor.slice(at));
    spoils((cursor, _, character) => cursor + character);
  });

  it('A cursor is none any more with a character removed, or cut off anywhere', () => {
    spoils((cursor, at) => cursor.slice(0, at) + cursor.slice(at + 1));
    spoils((cursor, at) => cursor.slice(0, at));
  });

  it('A cursor is none any more with the list of another one', () => {
    const [mine, other] = [makeCursor(LIST, POSITION), makeCursor('other', POSITION)];
    // The list's digest is the first 9 bytes.
    expect(readCursor(LIST, mine.slice(0, 12) + other.slice(12))).toBe('malformed');
    expect(readCursor(LIST, other.slice(0, 12) + mine.slice(12))).toBe('malformed');
  });

  it.each(['base64', 'hex', 'latin1'] as const)('A cursor is none in another alphabet: %s', (alphabet) => {
    spoils((cursor) => Buffer.from(cursor, 'base64url').toString(alphabet));
  });

  it.each([
    '',
    'A',
    'cursor',
    ' ',
    'A'.repeat(43),
    Buffer.concat([Buffer.alloc(18), Buffer.from(POSITION)]).toString('base64url'),
    Buffer.from(JSON.stringify([LIST, 'here'])).toString('base64url'),
    // What release 0.2 gave, sealed with the key of its table.
    'alu8FyOzpSCHyJ0T2I9PMMY37ji_4yp-QBbzxCud6mEeUnsfK1vFX1mQqRLg-SWpGNzp8sq_39FbjyoLhZbskVE14WW7Lp4pV1nPp8fiK4ylk21lg3WuQTBotPh0UhUsZOOzfgP4',
  ])('A cursor is not %j', (text) => {
    expect(readCursor(LIST, text)).toBe('malformed');
  });

  it.each([
    '',
    'here',
    '~',
    '2026-11-25T09:14:00.000Z#',
    '2026',
    `2026-${'9'.repeat(36)}`,
    `2026-11-25T09:14:00.000Z#${'1'.repeat(17)}`,
    'é',
  ])('A cursor that somebody makes who knows how is none unless it says where: %j', (position) => {
    expect(readCursor(LIST, makeCursor(LIST, position))).toBe('malformed');
  });
});
