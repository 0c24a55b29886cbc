import { SIGN_IN_SOURCE_LIMIT } from '../../../../accounts/attempt-limits.ts';
import { Attempts } from '../../../../accounts/attempts.ts';
import { apiUrl } from '../../../../accounts/environment.ts';
import { employed } from '../../../../accounts/invitations.ts';
import { passwordChangedEmail } from '../../../../accounts/letters.ts';
import { findLogin, findSavedLogin, PasswordChanged, setPassword } from '../../../../accounts/logins.ts';
import { hashPassword, seedOf } from '../../../../accounts/passwords.ts';
import {
  ended,
  findProof,
  holdsByToken,
  type PasswordPurpose,
  type Proof,
  ProofEnded,
  passwordLink,
  usedProof,
} from '../../../../accounts/proofs.ts';
import { endOthers } from '../../../../accounts/user-sessions.ts';
import { changedUser, findUser, untilUserUnchanged } from '../../../../accounts/users.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId } from '../../../../table/ids.ts';
import { resetPassword } from './reset_password.ts';
import { resetPassword as route } from './route.ts';

/** A proof, and for what it is. */
type Link = Proof & { purpose: PasswordPurpose };

export const handler = pipeline(route, ({ table, now }) =>
  resetPassword<Link, Awaited<ReturnType<typeof hashPassword>>>({
    newId: randomId,
    attemptsFrom: (source) => new Attempts(table, [{ limit: SIGN_IN_SOURCE_LIMIT, who: source }], now),
    byToken: async (token) => {
      const link = passwordLink(token);
      if (link === undefined) return undefined;
      const { purpose, user_id } = link;
      const [proof, user] = await Promise.all([findProof(table, purpose, user_id), findUser(table, user_id)]);
      return proof && user && holdsByToken(proof, token, now)
        ? { proof: { ...proof, purpose }, user, employs: purpose === 'invitation' }
        : undefined;
    },
    hashPassword: (password) => hashPassword(password),
    save: async (proof, { hashed }, commit) => {
      try {
        return await untilUserUnchanged(table, proof.user_id, async (user) => {
          const login = await findLogin(table, user.email);
          if (login === undefined) throw new Error(`the user ${user.user_id} has no login`);
          return commit(user, [
            usedProof(proof.purpose, proof),
            setPassword(user.email, login, hashed, now),
            ...(proof.purpose === 'invitation'
              ? [...employed(user), ended('reset', user.user_id)]
              : [changedUser(user, { email_verified: true })]),
            ...(user.email_verified ? [] : [ended('verification', user.user_id)]),
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
      const link = passwordLink(token);
      const user = link && (await findUser(table, link.user_id));
      const login = user && (await findSavedLogin(table, user.email));
      return (await seedOf(password, login?.password)) !== undefined;
    },
  }),
);
