import type { Action, Outcome } from '../../../../pipeline/action.ts';
import type { destroySession as route } from './route.ts';

/** What signing out needs of the world. */
export interface Dependencies {
  /** Ends a session of the user, and saves the outcome with that. */
  end(token: string, user_id: number, outcome: Outcome): Promise<void>;
}

/** Signs the caller out. */
export const destroySession = ({ end }: Dependencies): Action<typeof route> => ({
  run: async ({ params, caller, opened }) => {
    params.complete();
    const data = {};
    await end(opened.token, caller.id, { data });
    return { data };
  },
});
