import type { Action } from '../../../../pipeline/action.ts';
import type { Write } from '../../../../table/write.ts';
import type { destroyOtherSessions as route } from './route.ts';

/** What ending the other sessions needs of the world. */
export interface Dependencies {
  /** What ends the sessions of a user, all but that of a token. */
  endOthers(user_id: number, token: string): Promise<Write[]>;
}

/** Ends all sessions of the caller but the one with which it asks for that. */
export const destroyOtherSessions = ({ endOthers }: Dependencies): Action<typeof route> => ({
  run: async ({ params, caller, opened }, begin) => {
    params.complete();
    return begin()
      .add(...(await endOthers(caller.id, opened.token)))
      .commit({ data: {} });
  },
});
