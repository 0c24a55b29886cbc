import { Attempts } from '../../../adapters/attempts.ts';
import { hashPassword, isOutdated, matchesPassword } from '../../../adapters/passwords.ts';
import { openSession } from '../../../adapters/sessions.ts';
import { findLogin, type Login, replacePassword } from '../../../adapters/users.ts';
import { sameAddressKey } from '../../../contract/account-params.ts';
import { SIGN_IN_LIMIT } from '../../../domain/attempts.ts';
import { pipeline } from '../../../pipeline/pipeline.ts';
import { createSession } from './create.ts';
import { createSession as route } from './route.ts';

export const handler = pipeline(route, ({ table, now }) => {
  const attemptsFor = (email: string) => new Attempts(table, SIGN_IN_LIMIT, sameAddressKey(email), now);
  return createSession<Login>({
    findLogin: (email) => findLogin(table, email),
    matches: (password, login) => matchesPassword(password, login?.password),
    attemptsFor,
    open: async (login, { email, password }, remember_me) => {
      const opened = await attemptsFor(email).whilePermitted((unchanged) =>
        openSession(table, login.user_id, { remember_me, now }, [unchanged]),
      );
      if (isOutdated(login.password)) {
        await replacePassword(table, email, login, await hashPassword(password));
      }
      return opened;
    },
  });
});
