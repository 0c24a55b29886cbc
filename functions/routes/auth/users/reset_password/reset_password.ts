import { faultsOfPassword } from '../../../../accounts/new-password.ts';
import type { User } from '../../../../accounts/user.ts';
import { fault } from '../../../../contract/faults.ts';
import { type EmailContent, emailTo } from '../../../../outbox/email.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Write } from '../../../../table/write.ts';
import { ifPasswordIsRight } from '../if-password-is-right.ts';
import { newlyVerified } from '../verified-address.ts';
import type { resetPassword as route } from './route.ts';

/** What setting another password by a link needs of the world. */
export interface Dependencies<Proof, Hash> {
  newId(): number;
  /** Attempts from one source to prove something; both throw when too many have failed. */
  attemptsFrom(source: string): { permit(): Promise<unknown>; record(): Promise<void> };
  /** The proof that a link's token is, its user, and whether that becomes an employee by it; undefined if it is none that holds. */
  byToken(token: string): Promise<{ proof: Proof; user: User; employs: boolean } | undefined>;
  hashPassword(password: string): Promise<Hash>;
  /**
   * Sets the password, verifies the address, gives what the link is for, and ends all sessions; undefined if the proof was used meanwhile.
   *
   * @param commit commits the writes, for the user as it was before, in a transaction with whatever belongs to it
   */
  save<T>(
    proof: Proof,
    hash: Hash,
    commit: (before: User, writes: readonly Write[]) => Promise<T>,
  ): Promise<T | undefined>;
  passwordChangedEmail(at: Date): EmailContent;
  /** Whether the user of a link's token, whether that still holds or not, has this password. */
  hasPassword(token: string, password: string): Promise<boolean>;
}

/** Sets another password for whoever has the link. */
export const resetPassword = <Proof, Hash>({
  newId,
  attemptsFrom,
  byToken,
  hashPassword,
  save,
  passwordChangedEmail,
  hasPassword,
}: Dependencies<Proof, Hash>): Action<typeof route> => ({
  looksUpFirst: true,

  run: async ({ params, source, now, requestId }, begin) => {
    const { reset, password } = params.complete(await faultsOfPassword(params.sound.password, {}));
    const attempts = attemptsFrom(source);
    await attempts.permit();
    const found = await byToken(reset);
    const wrong = async () => {
      await attempts.record();
      return params.refusal([
        fault('reset', 'wrong', 'is not a link that holds: it was used, has ended or never was one'),
      ]);
    };
    if (found === undefined) throw await wrong();
    params.complete(await faultsOfPassword(password, found.user));
    const hash = await hashPassword(password);
    const answer = await save(found.proof, hash, (before, writes) => {
      const saving = { newId, requestId, now };
      const verified = newlyVerified(before, saving);
      const work = begin().add(...writes, ...verified.writes);
      const user = { kind: 'user', id: before.user_id };
      if (found.employs) work.record(user, { action: 'employees accept', by: user });
      return work
        .send(emailTo({ user_id: before.user_id }, passwordChangedEmail(now), saving), ...verified.messages)
        .commit({ data: {} });
    });
    if (answer === undefined) throw await wrong();
    return answer;
  },

  replay: async ({ params, source }) => {
    const { reset, password } = params.complete();
    return ifPasswordIsRight(attemptsFrom(source), () => hasPassword(reset, password));
  },
});
