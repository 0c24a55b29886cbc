import type * as z from 'zod/mini';
import type { Access, Route } from '../contract/define-route.ts';
import { type Fault, fault } from '../contract/faults.ts';
import { DEFAULT_LIMIT, paging } from '../contract/params.ts';
import type { Reading } from '../contract/read-params.ts';
import type { Action, ActionRequest, ActionResult } from '../pipeline/action.ts';
import { makeCursor, readCursor } from '../table/cursors.ts';
import type { Page } from '../table/page.ts';

/** Where a page starts, and how much it takes. */
export interface PageStart {
  after: string | undefined;
  limit: number;
}

/** A route that shows a list page by page. */
type ListRoute = Route<
  string,
  z.ZodMiniObject<typeof paging>,
  z.ZodMiniType<{ next_cursor: string | null }>,
  Access,
  'GET'
>;
type Params<R extends ListRoute> = z.infer<R['params']>;
type Data<R extends ListRoute> = z.infer<R['data']>;
/** The member of a route's data that holds the list: the one besides the cursor. */
type ListName<R extends ListRoute> = Exclude<keyof Data<R>, 'next_cursor'>;
type ViewOf<R extends ListRoute> = Data<R>[ListName<R>] extends readonly (infer View)[] ? View : never;

/** What one list has of its own; the rest is the same for all of them. */
interface List<R extends ListRoute, Item> {
  /** The member of the route's data that holds the list. */
  name: ListName<R>;
  /** Starts what `judge` reads, so that it goes out in one request with the token's read. */
  prefetch?: Action<R>['prefetch'];
  /**
   * Tells everything that is wrong with a request besides its single parameters. It is handed what is wrong with the cursor, to
   * put it in its place: a client sees the faults in that order. Without `judge` it is the cursor alone.
   */
  judge?(request: ActionRequest<R>, ofCursor: readonly Fault[]): Promise<readonly Fault[]>;
  /** Finds a page, for parameters without a fault. */
  find(params: Params<R>, start: PageStart, request: ActionRequest<R>): Promise<Page<Item>>;
  /** Gives an item as clients see it. */
  see(item: Item): ViewOf<R>;
}

const FAULTS = {
  malformed: 'is not a next_cursor that this API gave',
  'other-list': 'belongs to other parameters: only limit may change from page to page',
};

/**
 * The name of the list that a request is for: its route and every parameter that selects from it, in the order of the route's
 * schema. Cursors hold a digest of it, so that another order there would refuse all that were given before.
 */
const listOf = (route: ListRoute, sound: Record<string, unknown>): string => {
  const selecting = Object.keys(route.params.shape).filter((name) => !(name in paging));
  return JSON.stringify([route.path, ...selecting.map((name) => sound[name])]);
};

/** Where the page starts that the parameters ask for, and what is wrong with their cursor. */
const startOf = (
  list: string,
  { sound, faults }: Reading<Params<ListRoute>>,
): { start: PageStart; faults: readonly Fault[] } => {
  const { limit = DEFAULT_LIMIT, cursor } = sound;
  const read = cursor === undefined ? { position: undefined } : readCursor(list, cursor);
  if (typeof read !== 'string') return { start: { after: read.position, limit }, faults: [] };
  // Of parameters with a fault it is not known which list they mean.
  const isKnown = read === 'malformed' || faults.length === 0;
  return {
    start: { after: undefined, limit },
    faults: isKnown ? [fault('cursor', read, FAULTS[read])] : [],
  };
};

/**
 * The action of a route that shows a list page by page, each with the cursor of the next one: null after the last. The route has
 * the parameters of `paging`; all others that it has select from the list.
 */
export const listAction = <R extends ListRoute, Item>(
  route: R,
  { name, prefetch, judge = async (_, ofCursor) => ofCursor, find, see }: List<R, Item>,
): Action<R> => ({
  ...(prefetch && { prefetch }),
  run: async (request) => {
    const list = listOf(route, request.params.sound);
    const { start, faults } = startOf(list, request.params);
    const params = request.params.complete(await judge(request, faults));
    const { items, next } = await find(params, start, request);
    const next_cursor = next === undefined ? null : makeCursor(list, next);
    // The compiler does not follow a name that is any route's; that the data fit its schema, the tests ask of every answer.
    return { data: { [name]: items.map(see), next_cursor } } as ActionResult<R>;
  },
});
