import { faultsOfPassword } from '../../../../accounts/new-password.ts';
import type { NewProof } from '../../../../accounts/proof-emails.ts';
import { type OpenedSession, viewOf } from '../../../../accounts/session.ts';
import { NO_ROLE, type User, viewOfUser } from '../../../../accounts/user.ts';
import { fault } from '../../../../contract/faults.ts';
import type { Saving } from '../../../../outbox/email.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { IdempotencyKey } from '../../../../table/idempotency-key.ts';
import type { Write } from '../../../../table/write.ts';
import type { OpenAgain } from '../../sessions/reopen-session.ts';
import type { registerUser as route } from './route.ts';

/** What registering a user needs of the world. */
export interface Dependencies<Hash> {
  newVerification(user_id: number, saving: Saving): NewProof;
  hashPassword(password: string): Promise<Hash>;
  newId(): number;
  newSession(user: User, hash: Hash, remember_me: boolean, key: IdempotencyKey | undefined): OpenedSession;
  /**
   * Saves the user and its session, unless there were too many attempts from the source meanwhile; undefined when the e-mail address
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
  /** Registrations from one source; both throw when there are too many. `record` counts one that found the address taken. */
  attemptsFrom(source: string): { permit(): Promise<unknown>; record(): Promise<void> };
  openAgain: OpenAgain;
}

/** Registers a user. That an address is taken is told only so often, or one could ask for any number of addresses. */
export const registerUser = <Hash>(dependencies: Dependencies<Hash>): Action<typeof route> => ({
  run: async ({ params, now, source, key, requestId }, begin) => {
    const faults = await faultsOfPassword(params.sound.password, params.sound);
    const { email, password, name, remember_me = false } = params.complete(faults);
    const attempts = dependencies.attemptsFrom(source);
    await attempts.permit();
    const { newId } = dependencies;
    const user_id = newId();
    const hash = await dependencies.hashPassword(password);
    const { write, email: question } = dependencies.newVerification(user_id, { newId, requestId, now });
    const user: User = {
      user_id,
      name,
      email,
      email_verified: false,
      held: NO_ROLE,
      created_at: now.toISOString(),
    };
    const opened = dependencies.newSession(user, hash, remember_me, key);
    const answer = await dependencies.save(user, hash, opened, source, (writes) =>
      begin()
        .add(...writes, write)
        .send(question)
        .commit({ data: { user: viewOfUser(user) }, session: viewOf(opened) }),
    );
    if (answer === undefined) {
      await attempts.record();
      throw params.refusal([fault('email', 'taken', 'belongs to a user already')]);
    }
    return answer;
  },

  replay: async ({ params, source, key }, record) => {
    const opened = await dependencies.openAgain(params.complete(), { source, key }, record);
    return opened && { session: viewOf(opened) };
  },
});
