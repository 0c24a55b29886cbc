import { endSession } from '../../../../accounts/user-sessions.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { destroySession as route } from './route.ts';

/** Signs the caller out. */
export const destroySession: Action<typeof route> = {
  run: async ({ params, caller, opened, now }, begin) => {
    params.complete();
    return begin()
      .add(...endSession(opened.token, caller.id, now))
      .commit({ data: {} });
  },
};
