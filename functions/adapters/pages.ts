/** A part of a list. */
export interface Page<Item> {
  items: Item[];
  /** The position after which the list goes on; undefined at its end. */
  next: string | undefined;
}

/** Past this many bytes of JSON a page takes no more: Lambda answers with 6 MB at most, and one item can have 1.5 MB. */
export const MAX_PAGE_BYTES = 4_000_000;
