import { tableIndexes } from '../../functions/table/indexes.ts';
import type { Row } from '../../functions/table/row.ts';

/** What writing costs by DynamoDB's own rules, since DynamoDB Local counts transactions otherwise than AWS does. */

const KILOBYTE = 1_024;

/** The bytes of a value ("DynamoDB item sizes and formats"). */
const bytesOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return 3 + value.reduce((sum, item) => sum + 1 + bytesOf(item), 0);
  if (typeof value === 'object' && value !== null) {
    return 3 + Object.keys(value).length + sizeOf(value as Row);
  }
  return 1;
};

/** The bytes of a row; 0 of one that is not there. */
export const sizeOf = (row: Row | undefined): number =>
  Object.entries(row ?? {}).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOf(value), 0);

/** The key by which a row is in an index; undefined when it is not in it. */
const entryOf = (row: Row | undefined, { partition, sort }: { partition: string; sort: string }) =>
  row?.[partition] === undefined || row[sort] === undefined ? undefined : `${row[partition]} ${row[sort]}`;

/** An index of keys alone: an entry is put, deleted, or both when it moves; one that stays costs nothing. */
const indexUnits = (before: Row | undefined, after: Row | undefined): number =>
  Object.values(tableIndexes).reduce((sum, index) => {
    const [old, now] = [entryOf(before, index), entryOf(after, index)];
    if (old === now) return sum;
    return sum + (old === undefined ? 0 : 1) + (now === undefined ? 0 : 1);
  }, 0);

/**
 * The write units of one write: one for each KB begun of the row, as it was or as it is, whichever is larger, twice that in a
 * transaction, and what its entries in indexes cost ("DynamoDB read and write operations").
 */
export const unitsOfWrite = (
  before: Row | undefined,
  after: Row | undefined,
  isInTransaction: boolean,
): number => {
  const kilobytes = Math.ceil(Math.max(1, sizeOf(before), sizeOf(after)) / KILOBYTE);
  return kilobytes * (isInTransaction ? 2 : 1) + indexUnits(before, after);
};
