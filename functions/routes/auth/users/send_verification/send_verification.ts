import type { NewProof } from '../../../../accounts/proof-emails.ts';
import type { User } from '../../../../accounts/user.ts';
import { fault } from '../../../../contract/faults.ts';
import type { Saving } from '../../../../outbox/email.ts';
import type { Action } from '../../../../pipeline/action.ts';
import type { Write } from '../../../../table/write.ts';
import type { sendVerification as route } from './route.ts';

/** What sending the e-mail again needs of the world. */
export interface Dependencies {
  newId(): number;
  findUser(user_id: number): Promise<User | undefined>;
  newVerification(user_id: number, saving: Saving): NewProof;
  /** The messages to one address. */
  messagesTo(email: string): {
    /** Commits with the writes that count another one, unless there were too many; then it throws. */
    whilePermitted<T>(commit: (counted: readonly Write[]) => Promise<T>): Promise<T>;
  };
}

/** Sends another link and another code to the address of the session's user; those before them end. */
export const sendVerification = ({
  newId,
  findUser,
  newVerification,
  messagesTo,
}: Dependencies): Action<typeof route> => ({
  looksUpFirst: true,

  run: async ({ params, caller, now, requestId }, begin) => {
    params.complete();
    const user_id = caller.id;
    const user = await findUser(user_id);
    if (user === undefined) throw new Error('a session has no user');
    if (user.email_verified) {
      throw params.refusal([
        fault('token', 'already-verified', 'is of a user whose address is verified already'),
      ]);
    }
    const { write, email } = newVerification(user_id, { newId, requestId, now });
    return messagesTo(user.email).whilePermitted((counted) =>
      begin()
        .add(...counted, write)
        .send(email)
        .commit({ data: {} }),
    );
  },
});
