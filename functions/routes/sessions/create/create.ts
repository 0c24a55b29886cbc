import { fault } from '../../../contract/faults.ts';
import { Refused } from '../../../contract/refused.ts';
import { rolesOf } from '../../../domain/caller.ts';
import { type OpenedSession, viewOf } from '../../../domain/session.ts';
import { type User, viewOfUser } from '../../../domain/user.ts';
import type { Action } from '../../../pipeline/action.ts';
import type { createSession as route } from './route.ts';

/** What signing in needs of the world. */
export interface Dependencies<Login> {
  findLogin(email: string): Promise<Login | undefined>;
  /** Whether the password is that of the login; without one it takes as long, and is not. */
  matches(password: string, login: Login | undefined): Promise<boolean>;
  /** Failed attempts for one e-mail address, as they count for this source; both throw when there are too many. */
  attemptsFor(
    email: string,
    source: string,
  ): Promise<{ permit(): Promise<unknown>; recordFailure(): Promise<void> }>;
  /** Saves a new session of the user who signed in, unless too many attempts for the address failed meanwhile. */
  open(
    login: Login,
    credentials: { email: string; password: string; source: string },
    remember_me: boolean,
  ): Promise<OpenedSession & { user: User }>;
}

/** Signs a user in. An address that nobody has and a password that is wrong look the same, and take as long. */
export const createSession = <Login>(dependencies: Dependencies<Login>): Action<typeof route> => ({
  run: async ({ params, source }) => {
    const { email, password, remember_me = false } = params.complete();
    const [login, attempts] = await Promise.all([
      dependencies.findLogin(email),
      dependencies.attemptsFor(email, source),
    ]);
    await attempts.permit();
    const matches = await dependencies.matches(password, login);
    if (login === undefined || !matches) {
      await attempts.recordFailure();
      throw params.refusal([fault('password', 'wrong', 'or email is wrong')]);
    }
    const opened = await dependencies.open(login, { email, password, source }, remember_me);
    const { user } = opened;
    const view = viewOf(opened);
    if (rolesOf(user.held).length === 0) throw new Refused('client-required', { session: view });
    return { data: { user: viewOfUser(user) }, session: view };
  },
});
