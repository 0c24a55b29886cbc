import type * as z from 'zod/mini';
import { type OpenedSession, type Session, viewOf } from '../../../../accounts/session.ts';
import { type User, viewOfUser } from '../../../../accounts/user.ts';
import type { UserView } from '../../../../accounts/user-view.ts';
import { welcomeEmail } from '../../../../clients/letters.ts';
import { fault } from '../../../../contract/faults.ts';
import { type Email, emailTo } from '../../../../outbox/email.ts';
import type { Action, Answered, Outcome } from '../../../../pipeline/action.ts';
import type { registerClient as route } from './route.ts';

type Details = z.infer<(typeof route)['params']>;

/** What making a user a client needs of the world. */
export interface Dependencies {
  newId(): number;
  /**
   * Makes the user of a session the client of that id, with its details; undefined if it is a client already.
   *
   * @param outcomeOf the outcome, which is saved with it, from the user as it then is
   */
  save(
    opened: OpenedSession,
    client_id: number,
    details: Details,
    outcomeOf: (user: User) => Outcome,
  ): Promise<User | undefined>;
  /** The session of a token, as it is now. */
  findSession(token: string): Promise<Session | undefined>;
  /** Answers with the saved outcome, and sends its e-mail. */
  answer(outcome: Outcome<{ user: UserView }>): Promise<Answered<{ user: UserView }>>;
}

/** Makes the session’s user a client. */
export const registerClient = ({ newId, save, findSession, answer }: Dependencies): Action<typeof route> => ({
  run: async ({ params, caller, opened, now, requestId }) => {
    const details = params.complete();
    const client_id = newId();
    const email: Email = emailTo(client_id, welcomeEmail(caller.name), { newId, requestId, now });
    const outcomeOf = (user: User) => ({ data: { user: viewOfUser(user) }, email });
    const user = await save(opened, client_id, details, outcomeOf);
    if (user === undefined) {
      throw params.refusal([fault('token', 'already-client', 'is of a user who is a client already')]);
    }
    return {
      ...(await answer(outcomeOf(user))),
      session: viewOf({ ...opened, session: { ...opened.session, held: user.held } }),
    };
  },

  replay: async ({ opened }) => {
    // The session was read with the request: it may hold the new role only since then.
    const session = (await findSession(opened.token)) ?? opened.session;
    return { session: viewOf({ ...opened, session }) };
  },
});
