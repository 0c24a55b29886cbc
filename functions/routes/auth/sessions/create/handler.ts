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
  const { table, now, report } = resources;
  const attemptsFor = (email: string, source: string) => signInAttempts(table, email, source, now);
  return createSession<Login, Buffer>({
    findLogin: (email) => findLogin(table, email),
    seedOf: (password, login) => seedOf(password, login?.password),
    attemptsFor,
    open: async (login, { email, password, remember_me, seed }, { source, key }, commit) => {
      const opening = { token: key?.sessionToken(seed) ?? randomToken('ses'), remember_me, now };
      const answer = await attemptsFor(email, source).whilePermitted((unchanged) =>
        openSession(table, login.user_id, opening, (opened, writes) =>
          commit(opened, [...unchanged, familiarSource(email, source, now), ...writes]),
        ),
      );
      // With a key the hash stays as it is: the session's token is derived from it, should the request come again.
      const { password: hash } = login;
      if (hash !== undefined && isOutdated(hash) && key === undefined) {
        // The session is there already: that the hash stays as it was is no reason to withhold it.
        await hashPassword(password)
          .then(({ hashed }) => replacePassword(table, email, hash, hashed))
          .catch(report);
      }
      return answer;
    },
    openAgain: openAgain(resources),
  });
});
