import { rolesOf } from '../../../../accounts/caller.ts';
import { viewOf } from '../../../../accounts/session.ts';
import type { Opened } from '../../../../accounts/sessions.ts';
import { type User, viewOfUser } from '../../../../accounts/user.ts';
import { fault } from '../../../../contract/faults.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { IdempotencyKey } from '../../../../table/idempotency-key.ts';
import type { Write } from '../../../../table/write.ts';
import type { OpenAgain } from '../reopen-session.ts';
import type { createSession as route } from './route.ts';

/** What signing in needs of the world. */
export interface Dependencies<Login, Seed> {
  findLogin(email: string): Promise<Login | undefined>;
  /** What only the login's password gives; undefined for another. Without a login it takes as long, and is undefined. */
  seedOf(password: string, login: Login | undefined): Promise<Seed | undefined>;
  /** Failed attempts for one e-mail address, and from this source; both throw when there are too many. */
  attemptsFor(email: string, source: string): { permit(): Promise<unknown>; record(): Promise<void> };
  /**
   * Opens a session of the user who signed in, unless too many attempts have failed meanwhile.
   *
   * @param commit commits the writes, in a transaction with whatever belongs to the session
   */
  open<T>(
    login: Login,
    credentials: { email: string; password: string; remember_me: boolean; seed: Seed },
    request: { source: string; key: IdempotencyKey | undefined },
    commit: (opened: Opened, writes: readonly Write[]) => Promise<T>,
  ): Promise<T>;
  openAgain: OpenAgain;
}

/** The answer about a user; one without a role gets no more than the session. */
const answerTo = (user: User) =>
  rolesOf(user.held).length === 0
    ? { status: 'client-required' as const }
    : { data: { user: viewOfUser(user) } };

/** Signs a user in. An address that nobody has and a password that is wrong look the same, and take as long. */
export const createSession = <Login, Seed>(
  dependencies: Dependencies<Login, Seed>,
): Action<typeof route> => ({
  run: async ({ params, source, key }, begin) => {
    const { email, password, remember_me = false } = params.complete();
    const attempts = dependencies.attemptsFor(email, source);
    const [login] = await Promise.all([dependencies.findLogin(email), attempts.permit()]);
    const seed = await dependencies.seedOf(password, login);
    if (login === undefined || seed === undefined) {
      await attempts.record();
      throw params.refusal([fault('password', 'wrong', 'or email is wrong')]);
    }
    const credentials = { email, password, remember_me, seed };
    return dependencies.open(login, credentials, { source, key }, (opened, writes) =>
      begin()
        .add(...writes)
        .commit({ ...answerTo(opened.user), session: viewOf(opened) }),
    );
  },

  replay: async ({ params, source, key }, record) => {
    const opened = await dependencies.openAgain(params.complete(), { source, key }, record);
    return opened && { session: viewOf(opened) };
  },
});
