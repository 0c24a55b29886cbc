import { fault } from '../../../../contract/faults.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Write } from '../../../../table/write.ts';
import type { destroySession as route } from './route.ts';

/** What signing out needs of the world. */
export interface Dependencies {
  /** What ends the session of a token. */
  end(token: string, user_id: number): Write[];
  /** What ends the session of that id; undefined if the user has none such. */
  endById(session_id: number, user_id: number): Promise<Write[] | undefined>;
}

/** Signs the caller out, or ends another one of its sessions. */
export const destroySession = ({ end, endById }: Dependencies): Action<typeof route> => ({
  run: async ({ params, caller, opened }, begin) => {
    const { session_id } = params.complete();
    const writes =
      session_id === undefined ? end(opened.token, caller.id) : await endById(session_id, caller.id);
    if (writes === undefined) {
      throw params.refusal([fault('session_id', 'not-found', 'is not a session of the user')]);
    }
    return begin()
      .add(...writes)
      .commit({ data: {} });
  },
});
