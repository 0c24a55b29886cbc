import type { SessionView } from '../contract/session-view.ts';
import { renderingOf, type Status } from '../contract/statuses.ts';
import type { WordedAnswer } from './action.ts';

/**
 * What is answered with a status, in the words in which it goes out. That the data are what the route promises, the compiler knows
 * and the tests ask: whoever gives them makes a view, which takes nothing over that clients are not to see.
 */
export const worded = (
  status: Status,
  { data, session }: { data?: unknown; session?: SessionView } = {},
): WordedAnswer => ({
  status,
  message: renderingOf(status).message,
  data_json: data === undefined ? undefined : JSON.stringify(data),
  session,
});
