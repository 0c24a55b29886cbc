import { useRef } from 'preact/hooks';
import { type Refreshed, useRefreshed } from '../kit/refreshed.ts';

interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** A list that is shown page by page; as much of it as is shown is read anew. */
export interface Pages<Item> extends Refreshed<{ items: Item[]; hasMore: boolean }> {
  refresh: () => Promise<void>;
  /** Shows one page more. */
  more: () => Promise<void>;
}

/** As many as a page of the API has, if it is full. */
const PAGE = 25;

/** Reads on where a page has fewer than it could have, or none, though the list goes on. */
export const usePages = <Item>(read: (cursor: { cursor?: string }) => Promise<Page<Item>>): Pages<Item> => {
  const wanted = useRef(PAGE);
  const list = useRefreshed(async () => {
    let { items, next_cursor } = await read({});
    while (items.length < wanted.current && next_cursor !== null) {
      const next = await read({ cursor: next_cursor });
      items = [...items, ...next.items];
      next_cursor = next.next_cursor;
    }
    return { items, hasMore: next_cursor !== null };
  });
  const more = (): Promise<void> => {
    wanted.current = (list.data?.items.length ?? 0) + PAGE;
    return list.refresh();
  };
  return { ...list, more };
};
