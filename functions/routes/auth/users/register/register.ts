import { type OpenedSession, viewOf } from '../../../../accounts/session.ts';
import { NO_ROLE, type User, viewOfUser } from '../../../../accounts/user.ts';
import { fault } from '../../../../contract/faults.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { IdempotencyKey } from '../../../../table/idempotency-key.ts';
import type { Write } from '../../../../table/write.ts';
import type { OpenAgain } from '../../sessions/reopen-session.ts';
import type { registerUser as route } from './route.ts';

/** What registering a user needs of the world. */
export interface Dependencies<Hash> {
  hashPassword(password: string): Promise<Hash>;
  newId(): number;
  newSession(user: User, hash: Hash, remember_me: boolean, key: IdempotencyKey | undefined): OpenedSession;
  /**
   * Saves the user and its session, unless too many attempts from the source failed meanwhile; undefined when the e-mail address
   * belongs to another user.
   *
   * @param commit commits the writes, in a transaction with whatever belongs to the user
   */
  save<T>(
    user: User,
    hash: Hash,
    session: OpenedSession,
    source: string,
    commit: (writes: readonly Write[]) => Promise<T>,
  ): Promise<T | undefined>;
  /** Attempts from one address that found the e-mail address taken; both throw when there are too many. */
  attemptsFrom(source: string): { permit(): Promise<unknown>; recordFailure(): Promise<void> };
  openAgain: OpenAgain;
}

/** Registers a user. That an address is taken is told only so often, or one could ask for any number of addresses. */
export const registerUser = <Hash>(dependencies: Dependencies<Hash>): Action<typeof route> => ({
  run: async ({ params, now, source, key }, begin) => {
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
    const opened = dependencies.newSession(user, hash, remember_me, key);
    const answer = await dependencies.save(user, hash, opened, source, (writes) =>
      begin()
        .add(...writes)
        .commit({ data: { user: viewOfUser(user) }, session: viewOf(opened) }),
    );
    if (answer === undefined) {
      await attempts.recordFailure();
      throw params.refusal([fault('email', 'taken', 'belongs to a user already')]);
    }
    return answer;
  },

  replay: async ({ params, source, key }, record) => {
    const opened = await dependencies.openAgain(params.complete(), { source, key }, record);
    return opened && { session: viewOf(opened) };
  },
});
