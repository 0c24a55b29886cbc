import type { ListedSession } from '../../../../accounts/listed-session.ts';
import { expiresAtOf, type Session, stateOf } from '../../../../accounts/session.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { listSessions as route } from './route.ts';

/** A session of the user, and the id by which people name it. */
export interface NamedSession {
  session_id: number;
  session: Session;
}

/** What listing sessions needs of the world. */
export interface Dependencies {
  sessionsOf(user_id: number): Promise<NamedSession[]>;
  idOf(token: string): number;
}

/** Lists the sessions of the caller with which somebody can still do something. */
export const listSessions = ({ sessionsOf, idOf }: Dependencies): Action<typeof route> => ({
  run: async ({ params, caller, opened, now }) => {
    params.complete();
    const current = idOf(opened.token);
    const sessions = (await sessionsOf(caller.id))
      // The use of the one that asks may not be noted yet.
      .map((each) => (each.session_id === current ? { ...each, session: opened.session } : each))
      .filter(({ session }) => stateOf(session, now) === 'live')
      .map(
        ({ session_id, session }): ListedSession => ({
          session_id,
          created_at: session.created_at,
          last_used_at: session.last_used_at,
          remember_me: session.remember_me,
          expires_at: expiresAtOf(session),
          current: session_id === current,
        }),
      )
      .toSorted((one, other) => (one.last_used_at > other.last_used_at ? -1 : 1));
    return { data: { sessions } };
  },
});
