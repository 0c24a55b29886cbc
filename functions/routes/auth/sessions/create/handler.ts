import { hashPassword, isOutdated, seedOf } from '../../../../accounts/passwords.ts';
import { openSession } from '../../../../accounts/sessions.ts';
import { signInAttempts } from '../../../../accounts/sign-in-attempts.ts';
import { familiarSource, findLogin, type Login, replacePassword } from '../../../../accounts/users.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomToken } from '../../../../table/ids.ts';
import { openAgain } from '../reopen-session.ts';
import { createSession } from './create.ts';
import { createSession as route } from './route.ts';

export const handler = pipeline(route, (resources) => {
  const { table, now, report, writesOf, idempotency } = resources;
  const attemptsFor = (email: string, source: string) => signInAttempts(table, email, source, now);
  return createSession<Login, Buffer>({
    findLogin: (email) => findLogin(table, email),
    seedOf: (password, login) => seedOf(password, login?.password),
    attemptsFor,
    open: async (login, { email, password, source, seed }, remember_me, outcomeOf) => {
      const token = idempotency()?.sessionToken(seed) ?? randomToken('ses');
      const attempts = await attemptsFor(email, source);
      const opened = await attempts.whilePermitted((unchanged) =>
        openSession(table, login.user_id, { token, remember_me, now }, (user) => [
          unchanged,
          ...writesOf(outcomeOf(user)),
          familiarSource(email, source, now),
        ]),
      );
      // With a key the hash stays as it is: the session's token is derived from it, should the request come again.
      const { password: hash } = login;
      if (hash !== undefined && isOutdated(hash) && idempotency() === undefined) {
        // The session is there already: that the hash stays as it was is no reason to withhold it.
        await hashPassword(password)
          .then(({ hashed }) => replacePassword(table, email, hash, hashed))
          .catch(report);
      }
      return opened;
    },
    openAgain: openAgain(resources),
  });
});
