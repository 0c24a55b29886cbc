/** A part of a list. */
export interface Page<Item> {
  items: Item[];
  /** The position after which the list goes on; undefined at its end. */
  next: string | undefined;
}

/**
 * The page with which a list begins.
 *
 * @param list the list from there on, in order: one item more than the page takes tells that it goes on
 * @param placeOf the position of an item
 */
export const pageOf = <Item>(
  list: readonly Item[],
  limit: number,
  placeOf: (item: Item) => string,
): Page<Item> => {
  const items = list.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && list.length > limit ? placeOf(last) : undefined };
};

/** Past this many bytes a page takes no more: Lambda answers with 6 MB at most, and one item can have 1.6 MB. */
export const MAX_PAGE_BYTES = 4_000_000;

/** The bytes of an item in what Lambda answers with: JSON, in which a body that is JSON itself is escaped once more. */
export const bytesInAnswer = (item: unknown): number =>
  Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
