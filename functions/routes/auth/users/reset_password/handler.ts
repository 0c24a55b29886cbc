import { SIGN_IN_SOURCE_LIMIT } from '../../../../accounts/attempt-limits.ts';
import { Attempts } from '../../../../accounts/attempts.ts';
import { apiUrl } from '../../../../accounts/environment.ts';
import { passwordChangedEmail } from '../../../../accounts/letters.ts';
import { hashPassword, seedOf } from '../../../../accounts/passwords.ts';
import {
  findProof,
  holdsByToken,
  type Proof,
  ProofEnded,
  usedProof,
  userOfToken,
} from '../../../../accounts/proofs.ts';
import { endOthers } from '../../../../accounts/user-sessions.ts';
import {
  changedUser,
  findLogin,
  findSavedLogin,
  findUser,
  PasswordChanged,
  setPassword,
  untilUserUnchanged,
} from '../../../../accounts/users.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId } from '../../../../table/ids.ts';
import { resetPassword } from './reset_password.ts';
import { resetPassword as route } from './route.ts';

export const handler = pipeline(route, ({ table, now }) =>
  resetPassword<Proof, Awaited<ReturnType<typeof hashPassword>>>({
    newId: randomId,
    attemptsFrom: (source) => new Attempts(table, [{ limit: SIGN_IN_SOURCE_LIMIT, who: source }], now),
    byToken: async (token) => {
      const user_id = userOfToken('reset', token);
      if (user_id === undefined) return undefined;
      const [proof, user] = await Promise.all([findProof(table, 'reset', user_id), findUser(table, user_id)]);
      return proof && user && holdsByToken(proof, token, now) ? { proof, user } : undefined;
    },
    hashPassword: (password) => hashPassword(password),
    save: async (proof, { hashed }, commit) => {
      try {
        return await untilUserUnchanged(table, proof.user_id, async (user) => {
          const login = await findLogin(table, user.email);
          if (login === undefined) throw new Error(`the user ${user.user_id} has no login`);
          return commit(user, [
            usedProof('reset', proof),
            setPassword(user.email, login, hashed, now),
            changedUser(user, { email_verified: true }),
            ...(await endOthers(table, user.user_id, undefined)),
          ]);
        });
      } catch (error) {
        // Whoever has set another password meanwhile has the last word.
        if (error instanceof ProofEnded || error instanceof PasswordChanged) return undefined;
        throw error;
      }
    },
    passwordChangedEmail: (at) => passwordChangedEmail(apiUrl(), at),
    hasPassword: async (token, password) => {
      const user_id = userOfToken('reset', token);
      const user = user_id === undefined ? undefined : await findUser(table, user_id);
      const login = user && (await findSavedLogin(table, user.email));
      return (await seedOf(password, login?.password)) !== undefined;
    },
  }),
);
