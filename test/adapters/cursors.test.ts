import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureCursorKey, openCursor, sealCursor } from '../../functions/adapters/cursors.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const SECRET = Buffer.alloc(32, 'a key').toString('base64');
const LIST = '["orders/list","open"]';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const texts = fc.string({ unit: 'binary' });
const positions = fc.string({ unit: 'binary', maxLength: 40 });
/** Most of them such as a cursor is made of, so that what is not a cursor looks like one. */
const characters = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...BASE64URL) },
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);

/** Checks that what becomes of a cursor is none any more. */
const spoils = (spoil: (cursor: string, at: number, character: string) => string): void =>
  fc.assert(
    fc.property(positions, fc.nat(), characters, (position, at, character) => {
      const cursor = sealCursor(SECRET, LIST, position);
      const spoilt = spoil(cursor, at % cursor.length, character);
      fc.pre(spoilt !== cursor);
      expect(openCursor(SECRET, LIST, spoilt)).toBe('malformed');
    }),
    { numRuns: 1_000 },
  );

describe('a cursor', () => {
  it('gives back the position that it was made for, in the list that it was made for', () => {
    fc.assert(
      fc.property(texts, positions, (list, position) => {
        const cursor = sealCursor(SECRET, list, position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(openCursor(SECRET, list, cursor)).toEqual({ position });
      }),
    );
  });

  it('belongs to its list, and to no other', () => {
    fc.assert(
      fc.property(texts, texts, positions, (list, other, position) => {
        fc.pre(list !== other);
        expect(openCursor(SECRET, other, sealCursor(SECRET, list, position))).toBe('other-list');
      }),
    );
  });

  it('is none any more with a character changed', () => {
    spoils((cursor, at, character) => cursor.slice(0, at) + character + cursor.slice(at + 1));
  });

  it('is none any more with a character added, inside or at its end', () => {
    spoils((cursor, at, character) => cursor.slice(0, at) + character + cursor.slice(at));
    spoils((cursor, _, character) => cursor + character);
  });

  it('is none any more with a character removed, or cut off anywhere', () => {
    spoils((cursor, at) => cursor.slice(0, at) + cursor.slice(at + 1));
    spoils((cursor, at) => cursor.slice(0, at));
  });

  it.each(['base64', 'hex', 'latin1'] as const)('is none in another alphabet: %s', (alphabet) => {
    spoils((cursor) => Buffer.from(cursor, 'base64url').toString(alphabet));
  });

  it('is none when it was signed with another key', () => {
    const other = Buffer.alloc(32, 'another').toString('base64');
    expect(openCursor(SECRET, LIST, sealCursor(other, LIST, 'here'))).toBe('malformed');
  });

  it.each([
    '',
    'A',
    'cursor',
    ' ',
    'A'.repeat(43),
    Buffer.concat([Buffer.alloc(32), Buffer.from(JSON.stringify([LIST, 'here']))]).toString('base64url'),
    Buffer.from(JSON.stringify([LIST, 'here'])).toString('base64url'),
  ])('is not %j', (text) => {
    expect(openCursor(SECRET, LIST, text)).toBe('malformed');
  });
});

describe('the key with which cursors are signed', () => {
  const KEY = { pk: 'CURSOR_KEY', sk: 'CURSOR_KEY' };
  const ensure = () => ensureCursorKey(db.client, db.name);
  /** As an instance of a function that has just been started has it. */
  const freshInstance = async () => {
    vi.resetModules();
    return (await import('../../functions/adapters/cursors.ts')).cursorKey;
  };
  beforeEach(() => db.clear());

  it('is made once, at random, and never replaced', async () => {
    await ensure();
    const made = await db.row(KEY);
    expect(Buffer.from(String(made?.secret), 'base64')).toHaveLength(32);
    await ensure();
    expect(await db.row(KEY)).toEqual(made);
    await db.clear();
    await ensure();
    expect((await db.row(KEY))?.secret).not.toBe(made?.secret);
  });

  it('is read once for the life of an instance', async () => {
    await ensure();
    const cursorKey = await freshInstance();
    db.wire.reset();
    const [first, second] = await Promise.all([cursorKey(db.open()), cursorKey(db.open())]);
    expect([first, second, await cursorKey(db.open())]).toEqual(Array(3).fill((await db.row(KEY))?.secret));
    expect(db.wire.operations).toEqual(['BatchGetItem']);
  });

  it('is a fault when no deployment has made it, until one has', async () => {
    const cursorKey = await freshInstance();
    await expect(cursorKey(db.open())).rejects.toThrow();
    await ensure();
    expect(await cursorKey(db.open())).toBe((await db.row(KEY))?.secret);
  });
});
