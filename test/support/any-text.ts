import fc, { type StringConstraints } from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };

const numbered = (number: number): string =>
  String.fromCodePoint(number < SURROGATES.first ? number : number + SURROGATES.count);

const numberOf = (text: unknown): number => {
  if (typeof text !== 'string' || [...text].length !== 1 || !text.isWellFormed()) {
    throw new Error('It is no character.');
  }
  const code = text.codePointAt(0) ?? 0;
  return code < SURROGATES.first ? code : code - SURROGATES.count;
};

/** Unlike fast-check's own `binary`, it makes no table of all characters, which takes each process a second. */
const characters = fc.integer({ min: 0, max: 0x10ffff - SURROGATES.count }).map(numbered, numberOf);

/** Texts of any characters that there are, and now and then of names that JavaScript gives a meaning. */
export const anyText = (constraints: Omit<StringConstraints, 'unit'> = {}): fc.Arbitrary<string> =>
  fc.string({ ...constraints, unit: characters });
