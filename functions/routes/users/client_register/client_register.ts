import type * as z from 'zod/mini';
import { fault } from '../../../contract/faults.ts';
import { type Email, emailTo, welcomeEmail } from '../../../domain/email.ts';
import { viewOf } from '../../../domain/session.ts';
import { type User, viewOfUser } from '../../../domain/user.ts';
import type { Action } from '../../../pipeline/action.ts';
import type { registerClient as route } from './route.ts';

type Details = z.infer<(typeof route)['params']>;

/** What making a user a client needs of the world. */
export interface Dependencies {
  newId(): number;
  /** Makes the user the client of that id, with its details and its e-mail; undefined if it is a client already. */
  save(user_id: number, client_id: number, details: Details, email: Email): Promise<User | undefined>;
  /** Sends the saved e-mail; tells whether Mandrill took it. */
  deliver(email: Email): Promise<boolean>;
}

/** Makes the session's user a client. */
export const registerClient = ({ newId, save, deliver }: Dependencies): Action<typeof route> => ({
  run: async ({ params, caller, opened, now, requestId }) => {
    const details = params.complete();
    const client_id = newId();
    const email = emailTo(client_id, welcomeEmail(caller.name), { newId, requestId, now });
    const user = await save(caller.id, client_id, details, email);
    if (user === undefined) {
      throw params.refusal([fault('token', 'already-client', 'is of a user who is a client already')]);
    }
    const failed = !(await deliver(email));
    return {
      ...(failed && { status: 'mandrill-email-failed' }),
      data: { user: viewOfUser(user) },
      session: viewOf({ ...opened, session: { ...opened.session, held: user.held } }),
    };
  },
});
