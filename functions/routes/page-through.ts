import { type Fault, fault } from '../contract/faults.ts';
import { DEFAULT_LIMIT } from '../contract/params.ts';
import type { Reading } from '../contract/read-params.ts';
import { makeCursor, readCursor } from '../table/cursors.ts';
import type { Page } from '../table/page.ts';

/** What of a request's parameters tells which part of a list to show. */
interface PagingParams {
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** Where a page starts, and how much it takes. */
export interface PageStart {
  after: string | undefined;
  limit: number;
}

/** A list that is shown page by page, each with a cursor that gives the next. */
interface PagedList {
  /** Where the page starts that the parameters ask for, and what is wrong with their cursor. */
  start(params: Reading<PagingParams>): { start: PageStart; faults: Fault[] };
  /** The cursor after a page; null after the last. */
  cursorAfter(page: Page<unknown>): string | null;
}

const FAULTS = {
  malformed: 'is not a next_cursor that this API gave',
  'other-list': 'belongs to other parameters: only limit may change from page to page',
};

/**
 * Pages through a list.
 *
 * @param name what the list is of: its route and every parameter that selects from it
 */
export const pageThrough = (...name: unknown[]): PagedList => {
  const list = JSON.stringify(name);
  return {
    start: ({ sound, faults }) => {
      const { limit = DEFAULT_LIMIT, cursor } = sound;
      const read = cursor === undefined ? { position: undefined } : readCursor(list, cursor);
      if (typeof read !== 'string') return { start: { after: read.position, limit }, faults: [] };
      // Of parameters with a fault it is not known which list they mean.
      const isKnown = read === 'malformed' || faults.length === 0;
      return {
        start: { after: undefined, limit },
        faults: isKnown ? [fault('cursor', read, FAULTS[read])] : [],
      };
    },
    cursorAfter: ({ next }) => (next === undefined ? null : makeCursor(list, next)),
  };
};
