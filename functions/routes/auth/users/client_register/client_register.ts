import type * as z from 'zod/mini';
import { type OpenedSession, type Session, viewOf } from '../../../../accounts/session.ts';
import { type User, viewOfUser } from '../../../../accounts/user.ts';
import { welcomeEmail } from '../../../../clients/letters.ts';
import { fault } from '../../../../contract/faults.ts';
import { emailTo } from '../../../../outbox/email.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Write } from '../../../../table/write.ts';
import type { registerClient as route } from './route.ts';

type Details = z.infer<(typeof route)['params']>;

/** What making a user a client needs of the world. */
export interface Dependencies {
  newId(): number;
  /**
   * Makes the user of a session the client of that id, with its details; undefined if it is a client already.
   *
   * @param commit commits the writes, for the user as it then is, in a transaction with whatever belongs to it
   */
  save<T>(
    opened: OpenedSession,
    client_id: number,
    details: Details,
    commit: (user: User, writes: readonly Write[]) => Promise<T>,
  ): Promise<T | undefined>;
  /** The session of a token, as it is now. */
  findSession(token: string): Promise<Session | undefined>;
}

/** Makes the session’s user a client. */
export const registerClient = ({ newId, save, findSession }: Dependencies): Action<typeof route> => ({
  run: async ({ params, opened, now, requestId }, begin) => {
    const details = params.complete();
    const client_id = newId();
    const welcome = (name: string) => emailTo({ client_id }, welcomeEmail(name), { newId, requestId, now });
    const answer = await save(opened, client_id, details, (user, writes) =>
      begin()
        .add(...writes)
        // Until the address is verified the welcome is kept: whoever verifies it is greeted then.
        .send(...(user.email_verified ? [welcome(user.name)] : []))
        .commit({
          data: { user: viewOfUser(user) },
          session: viewOf({ ...opened, session: { ...opened.session, held: user.held } }),
        }),
    );
    if (answer === undefined) {
      throw params.refusal([fault('token', 'already-client', 'is of a user who is a client already')]);
    }
    return answer;
  },

  replay: async ({ opened }) => {
    // The session was read with the request: it may hold the new role only since then.
    const session = (await findSession(opened.token)) ?? opened.session;
    return { session: viewOf({ ...opened, session }) };
  },
});
