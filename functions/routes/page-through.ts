import { cursorKey, openCursor, sealCursor } from '../adapters/cursors.ts';
import type { Page } from '../adapters/pages.ts';
import type { Table } from '../adapters/table.ts';
import { type Fault, fault } from '../contract/faults.ts';
import { DEFAULT_LIMIT } from '../contract/params.ts';
import type { Reading } from '../contract/read-params.ts';

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
export interface PagedList {
  /** Where the page starts that the parameters ask for, and what is wrong with their cursor. */
  start(params: Reading<PagingParams>): Promise<{ start: PageStart; faults: Fault[] }>;
  /** The cursor after a page; null after the last. */
  cursorAfter(page: Page<unknown>): Promise<string | null>;
}

const FAULTS = {
  malformed: 'is not a next_cursor that this API gave',
  'other-list': 'belongs to other parameters: only limit may change from page to page',
};

/** Reads what paging needs, so that it goes out in one request with other reads. */
export const prefetchPaging = (table: Table): Promise<unknown> => cursorKey(table);

/**
 * Pages through a list.
 *
 * @param name what the list is of: its route and every parameter that selects from it
 */
export const pageThrough = (table: Table, ...name: unknown[]): PagedList => {
  const list = JSON.stringify(name);
  return {
    start: async ({ sound, faults }) => {
      const { limit = DEFAULT_LIMIT, cursor } = sound;
      if (cursor === undefined) return { start: { after: undefined, limit }, faults: [] };
      const opened = openCursor(await cursorKey(table), list, cursor);
      if (typeof opened !== 'string') return { start: { after: opened.position, limit }, faults: [] };
      // Of parameters with a fault it is not known which list they mean.
      const isKnown = opened === 'malformed' || faults.length === 0;
      const found = isKnown ? [fault('cursor', opened, FAULTS[opened])] : [];
      return { start: { after: undefined, limit }, faults: found };
    },
    cursorAfter: async ({ next }) =>
      next === undefined ? null : sealCursor(await cursorKey(table), list, next),
  };
};
