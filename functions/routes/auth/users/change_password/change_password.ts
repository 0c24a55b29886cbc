import { faultsOfPassword } from '../../../../accounts/new-password.ts';
import type { User } from '../../../../accounts/user.ts';
import { fault } from '../../../../contract/faults.ts';
import { type EmailContent, emailTo } from '../../../../outbox/email.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Write } from '../../../../table/write.ts';
import { ifPasswordIsRight } from '../if-password-is-right.ts';
import type { changePassword as route } from './route.ts';

/** What changing a password needs of the world. */
export interface Dependencies<Login, Hash> {
  newId(): number;
  findUser(user_id: number): Promise<User | undefined>;
  findLogin(email: string): Promise<Login | undefined>;
  hasPassword(login: Login | undefined, password: string): Promise<boolean>;
  /** Failed attempts to sign in as the user, which those to change the password are too; both throw when there are too many. */
  attemptsFor(email: string, source: string): { permit(): Promise<unknown>; record(): Promise<void> };
  hashPassword(password: string): Promise<Hash>;
  /**
   * Sets the password, and ends all sessions but that of a token; undefined if the password was changed meanwhile.
   *
   * @param commit commits the writes, in a transaction with whatever belongs to it
   */
  save<T>(
    user_id: number,
    change: { login: Login; hash: Hash; token: string },
    commit: (writes: readonly Write[]) => Promise<T>,
  ): Promise<T | undefined>;
  passwordChangedEmail(at: Date): EmailContent;
  /** The login as it is after a transaction that has been seen. */
  findSavedLogin(email: string): Promise<Login | undefined>;
}

/** Sets another password for the caller, who has to know the one before. */
export const changePassword = <Login, Hash>(
  dependencies: Dependencies<Login, Hash>,
): Action<typeof route> => {
  const userOf = async (user_id: number): Promise<User> => {
    const user = await dependencies.findUser(user_id);
    if (user === undefined) throw new Error('a session has no user');
    return user;
  };
  return {
    looksUpFirst: true,

    run: async ({ params, caller, opened, source, now, requestId }, begin) => {
      const user = await userOf(caller.id);
      const { current_password, password } = params.complete(
        await faultsOfPassword(params.sound.password, user),
      );
      const attempts = dependencies.attemptsFor(user.email, source);
      const [login] = await Promise.all([dependencies.findLogin(user.email), attempts.permit()]);
      const wrong = async () => {
        await attempts.record();
        return params.refusal([fault('current_password', 'wrong', 'is not the password of the user')]);
      };
      if (login === undefined || !(await dependencies.hasPassword(login, current_password)))
        throw await wrong();
      const hash = await dependencies.hashPassword(password);
      const { newId, passwordChangedEmail } = dependencies;
      const answer = await dependencies.save(caller.id, { login, hash, token: opened.token }, (writes) =>
        begin()
          .add(...writes)
          .send(emailTo({ user_id: caller.id }, passwordChangedEmail(now), { newId, requestId, now }))
          .commit({ data: {} }),
      );
      if (answer === undefined) throw await wrong();
      return answer;
    },

    replay: async ({ params, caller, source }) => {
      const { password } = params.complete();
      const { email } = await userOf(caller.id);
      return ifPasswordIsRight(dependencies.attemptsFor(email, source), async () =>
        dependencies.hasPassword(await dependencies.findSavedLogin(email), password),
      );
    },
  };
};
