import type { CallOptions } from './answers.ts';
import type { Call } from './call.ts';
import type { routes } from './table.ts';

/** The most that a page can have, so that a list takes as few requests as can be. */
const MOST = 100;

/** What a list holds, one after another; the next page is asked for when it is needed. */
export async function* allOf(
  call: Call,
  path: keyof typeof routes,
  list: string,
  params: { limit?: number; cursor?: string | null } = {},
  options?: CallOptions,
): AsyncGenerator<unknown, void, undefined> {
  let cursor = params.cursor;
  do {
    const { data } = await call(path, { limit: MOST, ...params, cursor }, options);
    const page = data as { [name: string]: unknown[] } & { next_cursor: string | null };
    // A page can be empty though the list goes on.
    yield* page[list] ?? [];
    cursor = page.next_cursor;
  } while (cursor !== null);
}
