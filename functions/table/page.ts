/** A part of a list. */
export interface Page<Item> {
  items: Item[];
  /** The position after which the list goes on; undefined at its end. */
  next: string | undefined;
}

/** Past this many bytes a page takes no more: Lambda answers with 6 MB at most, and one item can have 1.6 MB. */
export const MAX_PAGE_BYTES = 4_000_000;

/** The bytes of an item in what Lambda answers with: JSON, in which a body that is JSON itself is escaped once more. */
export const bytesInAnswer = (item: unknown): number =>
  Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
