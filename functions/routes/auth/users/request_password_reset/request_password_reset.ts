import { type Email, type EmailContent, emailTo } from '../../../../outbox/email.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Write } from '../../../../table/write.ts';
import type { requestPasswordReset as route } from './route.ts';

/** What asking for another password needs of the world. */
export interface Dependencies {
  newId(): number;
  /** The user of an address; undefined if there is none. It takes as long. */
  findUserId(email: string): Promise<number | undefined>;
  /** The link for a user: what is saved of it, and the e-mail that has it. */
  newReset(user_id: number): { write: Write; content: EmailContent };
  /**
   * Hears whether another message may be sent to an address, and another one be asked for from a source, and commits with the writes
   * that count it. It takes the same steps if not.
   */
  whether<T>(
    email: string,
    source: string,
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
  findUserId,
  newReset,
  whether,
  savedInVain,
  hurry,
}: Dependencies): Action<typeof route> => ({
  run: async ({ params, source, now, requestId }, begin) => {
    const { email } = params.complete();
    const found = findUserId(email);
    // What fails is told where it is asked for.
    found.catch(() => undefined);
    return whether(email, source, async (isPermitted, counted) => {
      const existing = await found;
      const user_id = (isPermitted ? existing : undefined) ?? newId();
      const isReal = isPermitted && existing !== undefined;
      const { write, content } = newReset(user_id);
      const message = emailTo({ user_id }, content, { newId, requestId, now });
      const work = begin().add(...counted, write);
      if (isReal) work.sendLater(message);
      else work.add(savedInVain(message));
      const answer = await work.commit({ data: {} });
      await hurry(message.email_id);
      return answer;
    });
  },
});
