import { rolesOf } from '../../../../accounts/caller.ts';
import { type OpenedSession, viewOf } from '../../../../accounts/session.ts';
import { type User, viewOfUser } from '../../../../accounts/user.ts';
import { fault } from '../../../../contract/faults.ts';
import { Refused } from '../../../../contract/refused.ts';
import type { Action, Outcome } from '../../../../pipeline/action.ts';
import type { OpenAgain } from '../reopen-session.ts';
import type { createSession as route } from './route.ts';

/** What signing in needs of the world. */
export interface Dependencies<Login, Seed> {
  findLogin(email: string): Promise<Login | undefined>;
  /** What only the login's password gives; undefined for another. Without a login it takes as long, and is undefined. */
  seedOf(password: string, login: Login | undefined): Promise<Seed | undefined>;
  /** Failed attempts for one e-mail address, as they count for this source; both throw when there are too many. */
  attemptsFor(
    email: string,
    source: string,
  ): Promise<{ permit(): Promise<unknown>; recordFailure(): Promise<void> }>;
  /** Saves a new session of the user who signed in, unless too many attempts for the address failed meanwhile. */
  open(
    login: Login,
    credentials: { email: string; password: string; source: string; seed: Seed },
    remember_me: boolean,
    outcomeOf: (user: User) => Outcome,
  ): Promise<OpenedSession & { user: User }>;
  openAgain: OpenAgain;
}

/** What is answered about a user who has a role; one without gets no more than the session. */
const dataOf = (user: User) => (rolesOf(user.held).length === 0 ? undefined : { user: viewOfUser(user) });

/** Signs a user in. An address that nobody has and a password that is wrong look the same, and take as long. */
export const createSession = <Login, Seed>(
  dependencies: Dependencies<Login, Seed>,
): Action<typeof route> => ({
  run: async ({ params, source }) => {
    const { email, password, remember_me = false } = params.complete();
    const [login, attempts] = await Promise.all([
      dependencies.findLogin(email),
      dependencies.attemptsFor(email, source),
    ]);
    await attempts.permit();
    const seed = await dependencies.seedOf(password, login);
    if (login === undefined || seed === undefined) {
      await attempts.recordFailure();
      throw params.refusal([fault('password', 'wrong', 'or email is wrong')]);
    }
    const opened = await dependencies.open(login, { email, password, source, seed }, remember_me, (user) => ({
      data: dataOf(user),
    }));
    const [data, session] = [dataOf(opened.user), viewOf(opened)];
    if (data === undefined) throw new Refused('client-required', { session });
    return { data, session };
  },

  replay: async ({ params, source }, record) => {
    const opened = await dependencies.openAgain(params.complete(), source, record);
    return opened && { session: viewOf(opened) };
  },
});
