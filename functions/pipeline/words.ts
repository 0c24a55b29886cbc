import type { Route } from '../contract/define-route.ts';
import type { SessionView } from '../contract/session-view.ts';
import { renderingOf, type Status } from '../contract/statuses.ts';
import type { WordedAnswer } from './action.ts';

/**
 * Data as JSON. They must fit the route's own schema: clients rely on it, and what is not in it may be none of theirs.
 *
 * @throws ZodError if they do not
 */
export const jsonOf = (schema: Route['data'] | undefined, data: unknown): string | undefined =>
  data === undefined ? undefined : JSON.stringify(schema?.parse(data));

/** What is answered with a status, in the words in which it goes out. */
export const worded = (
  route: Route | undefined,
  status: Status,
  { data, session }: { data?: unknown; session?: SessionView } = {},
): WordedAnswer => ({
  status,
  message: renderingOf(status).message,
  data_json: jsonOf(route?.data, data),
  session,
});
