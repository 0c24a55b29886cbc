import { viewOf } from '../../../../accounts/session.ts';
import { type User, viewOfUser } from '../../../../accounts/user.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { showSession as route } from './route.ts';

/** What showing a session needs of the world. */
export interface Dependencies {
  findUser(user_id: number): Promise<User | undefined>;
}

/** Shows the caller's session. */
export const showSession = ({ findUser }: Dependencies): Action<typeof route> => ({
  run: async ({ params, caller, opened }) => {
    params.complete();
    const user = await findUser(caller.id);
    if (user === undefined) throw new Error('a session has no user');
    return { data: { user: viewOfUser(user) }, session: viewOf(opened) };
  },
});
