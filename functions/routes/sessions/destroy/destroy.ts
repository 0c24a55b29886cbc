import type { Action } from '../../../pipeline/action.ts';
import type { destroySession as route } from './route.ts';

/** What signing out needs of the world. */
export interface Dependencies {
  /** Ends a session of the user. */
  end(token: string, user_id: number): Promise<void>;
}

/** Signs the caller out. */
export const destroySession = ({ end }: Dependencies): Action<typeof route> => ({
  run: async ({ params, caller, opened }) => {
    params.complete();
    await end(opened.token, caller.id);
    return { data: {} };
  },
});
