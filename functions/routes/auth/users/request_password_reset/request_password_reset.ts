import type { NewProof } from '../../../../accounts/proof-emails.ts';
import type { User } from '../../../../accounts/user.ts';
import type { Email, Saving } from '../../../../outbox/email.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Write } from '../../../../table/write.ts';
import type { requestPasswordReset as route } from './route.ts';

/** What asking for another password needs of the world. */
export interface Dependencies {
  newId(): number;
  /** The user of an address; undefined if there is none. It takes as long. */
  findUser(email: string): Promise<Pick<User, 'user_id' | 'email_verified'> | undefined>;
  /** Asks for a link for a user. */
  newReset(user_id: number, saving: Saving): NewProof;
  /**
   * Hears whether another message may be sent to an address, and another one be asked for from a source, and commits with the writes
   * that count it. It takes the same steps if not.
   */
  whether<T>(
    asked: { email: string; isVerified: boolean; source: string },
    commit: (isPermitted: boolean, counted: readonly Write[]) => Promise<T>,
  ): Promise<T>;
  /** Saves an e-mail that nobody gets, which is as much work as one that somebody gets. */
  savedInVain(email: Email): Write;
  /** Has an e-mail sent at once, not by the request, if it is to be sent at all. Never throws: it is sent a little later else. */
  hurry(email_id: number): Promise<void>;
}

/**
 * Has a link sent by which another password can be set. Whether there is such a user, and whether another message may be sent
 * there, shows neither in the answer nor in what is done: what nobody is to get is made and saved as well, of a user that there is not.
 * The e-mail is sent later, since sending it takes time.
 */
export const requestPasswordReset = ({
  newId,
  findUser,
  newReset,
  whether,
  savedInVain,
  hurry,
}: Dependencies): Action<typeof route> => ({
  run: async ({ params, source, now, requestId }, begin) => {
    const { email } = params.complete();
    const user = await findUser(email);
    const isVerified = user?.email_verified === true;
    return whether({ email, isVerified, source }, async (isPermitted, counted) => {
      const isReal = isPermitted && user !== undefined;
      const user_id = isReal ? user.user_id : newId();
      const { write, email: message } = newReset(user_id, { newId, requestId, now });
      const work = begin().add(...counted, write);
      if (isReal) work.sendLater(message);
      else work.add(savedInVain(message));
      const answer = await work.commit({ data: {} });
      await hurry(message.email_id);
      return answer;
    });
  },
});
