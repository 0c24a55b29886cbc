import { createHash } from 'node:crypto';

/** Of each digest so many bytes: 72 bits, which nothing meets by chance. */
const DIGEST_BYTES = 9;

const digestOf = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest().subarray(0, DIGEST_BYTES);
};

/** Where an item stands in a list: at a time, and among those of one time perhaps at an id. It becomes part of a key. */
const POSITION = /^\d{4}-[\dTZ:.+-]{1,35}(#\d{1,16})?$/;

/**
 * Where a reader of a list goes on: text that fits no other list, and of which none is left when it is changed. Anybody who reads
 * this could make one. It would give no more than another page of what its caller may see.
 *
 * @param list what the list is of, filters included
 * @param position where it goes on, such as `2026-11-25T09:14:00.000Z#41`
 */
export const makeCursor = (list: string, position: string): string => {
  const listed = digestOf(list);
  return Buffer.concat([listed, digestOf(listed, position), Buffer.from(position)]).toString('base64url');
};

/** The position in a cursor; `malformed` when it is none that was made here, `other-list` when it was made for another list. */
export const readCursor = (
  list: string,
  cursor: string,
): { position: string } | 'malformed' | 'other-list' => {
  const bytes = Buffer.from(cursor, 'base64url');
  const listed = bytes.subarray(0, DIGEST_BYTES);
  const position = bytes.subarray(2 * DIGEST_BYTES).toString('latin1');
  const isSound =
    // Node decodes anything, so it must give the same text back.
    bytes.toString('base64url') === cursor &&
    digestOf(listed, position).equals(bytes.subarray(DIGEST_BYTES, 2 * DIGEST_BYTES)) &&
    POSITION.test(position);
  if (!isSound) return 'malformed';
  return listed.equals(digestOf(list)) ? { position } : 'other-list';
};
