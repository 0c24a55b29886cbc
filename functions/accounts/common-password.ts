import { createHash } from 'node:crypto';

/** The size of the filter in bytes, and how many of its bits each password sets: of a million others it takes one for common. */
export const SIZE = 2 ** 16;
const BITS_EACH = 16;

/** The bits of the filter that a password sets: two halves of a hash make all of them (Kirsch and Mitzenmacher). */
export const placesOf = (password: string): number[] => {
  const hash = createHash('sha256').update(password).digest();
  const [start, step] = [hash.readUInt32BE(0), hash.readUInt32BE(4) | 1];
  return Array.from({ length: BITS_EACH }, (_, index) => {
    const place = (start + index * step) % (SIZE * 8);
    return place < 0 ? place + SIZE * 8 : place;
  });
};

/**
 * Whether a password is one of the common ones. The filter is loaded when it is first asked for.
 *
 * @param password folded, of at least 8 characters
 */
export const isCommon = async (password: string): Promise<boolean> => {
  const { COMMON_PASSWORDS } = await import('./common-passwords.ts');
  const bits = Buffer.from(COMMON_PASSWORDS, 'base64');
  return placesOf(password).every((place) => ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0);
};
