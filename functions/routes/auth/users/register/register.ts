import { type OpenedSession, viewOf } from '../../../../accounts/session.ts';
import { NO_ROLE, type User, viewOfUser } from '../../../../accounts/user.ts';
import { fault } from '../../../../contract/faults.ts';
import type { Action, Outcome } from '../../../../pipeline/action.ts';
import type { OpenAgain } from '../../sessions/reopen-session.ts';
import type { registerUser as route } from './route.ts';

/** What registering a user needs of the world. */
export interface Dependencies<Hash> {
  hashPassword(password: string): Promise<Hash>;
  newId(): number;
  newSession(user: User, hash: Hash, remember_me: boolean): OpenedSession;
  /**
   * Saves the user, its session and the outcome, unless too many attempts from the source failed meanwhile; false when the
   * e-mail address belongs to another user.
   */
  save(
    user: User,
    hash: Hash,
    session: OpenedSession,
    request: { source: string; outcome: Outcome },
  ): Promise<boolean>;
  /** Attempts from one address that found the e-mail address taken; both throw when there are too many. */
  attemptsFrom(source: string): { permit(): Promise<unknown>; recordFailure(): Promise<void> };
  openAgain: OpenAgain;
}

/** Registers a user. That an address is taken is told only so often, or one could ask for any number of addresses. */
export const registerUser = <Hash>(dependencies: Dependencies<Hash>): Action<typeof route> => ({
  run: async ({ params, now, source }) => {
    const { email, password, name, remember_me = false } = params.complete();
    const attempts = dependencies.attemptsFrom(source);
    await attempts.permit();
    const hash = await dependencies.hashPassword(password);
    const user: User = {
      user_id: dependencies.newId(),
      name,
      email,
      held: NO_ROLE,
      created_at: now.toISOString(),
    };
    const opened = dependencies.newSession(user, hash, remember_me);
    const data = { user: viewOfUser(user) };
    if (!(await dependencies.save(user, hash, opened, { source, outcome: { data } }))) {
      await attempts.recordFailure();
      throw params.refusal([fault('email', 'taken', 'belongs to a user already')]);
    }
    return { data, session: viewOf(opened) };
  },

  replay: async ({ params, source }, record) => {
    const opened = await dependencies.openAgain(params.complete(), source, record);
    return opened && { session: viewOf(opened) };
  },
});
