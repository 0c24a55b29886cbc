import { apiUrl } from '../../../../accounts/environment.ts';
import { passwordChangedEmail } from '../../../../accounts/letters.ts';
import {
  findLogin,
  findSavedLogin,
  type Login,
  PasswordChanged,
  setPassword,
} from '../../../../accounts/logins.ts';
import { hashPassword, seedOf } from '../../../../accounts/passwords.ts';
import { ended } from '../../../../accounts/proofs.ts';
import { signInAttempts } from '../../../../accounts/sign-in-attempts.ts';
import { tokenKey } from '../../../../accounts/tokens.ts';
import { endOthers } from '../../../../accounts/user-sessions.ts';
import { changedUser, findUser, untilUserUnchanged } from '../../../../accounts/users.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId } from '../../../../table/ids.ts';
import { changePassword } from './change_password.ts';
import { changePassword as route } from './route.ts';

export const handler = pipeline(route, ({ table, now }) =>
  changePassword<Login, Awaited<ReturnType<typeof hashPassword>>>({
    newId: randomId,
    findUser: (user_id) => findUser(table, user_id),
    findLogin: (email) => findLogin(table, email),
    findSavedLogin: (email) => findSavedLogin(table, email),
    hasPassword: async (login, password) => (await seedOf(password, login?.password)) !== undefined,
    attemptsFor: (email, source) => signInAttempts(table, email, source, now),
    hashPassword: (password) => hashPassword(password),
    save: async (user_id, { login, hash, token }, commit) => {
      try {
        return await untilUserUnchanged(table, user_id, async (user) =>
          commit([
            setPassword(user.email, login, hash.hashed, undefined),
            changedUser(user),
            ended('reset', user_id),
            ...(await endOthers(table, user_id, tokenKey(token))),
          ]),
        );
      } catch (error) {
        if (error instanceof PasswordChanged) return undefined;
        throw error;
      }
    },
    passwordChangedEmail: (at) => passwordChangedEmail(apiUrl(), at),
  }),
);
