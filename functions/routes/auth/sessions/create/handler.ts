import { apiUrl } from '../../../../accounts/environment.ts';
import { familiarSource, isFamiliar, lastSignInFrom } from '../../../../accounts/familiar-sources.ts';
import { signInEmail } from '../../../../accounts/letters.ts';
import {
  findLogin,
  hashToSignIn,
  type Login,
  PasswordChanged,
  passwordUnchanged,
  replacePassword,
} from '../../../../accounts/logins.ts';
import { hashPassword, isOutdated, seedOf } from '../../../../accounts/passwords.ts';
import { openSession } from '../../../../accounts/sessions.ts';
import { signInAttempts } from '../../../../accounts/sign-in-attempts.ts';
import { sourceHash } from '../../../../accounts/source-hash.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId, randomToken } from '../../../../table/ids.ts';
import { openAgain } from '../reopen-session.ts';
import { createSession } from './create.ts';
import { createSession as route } from './route.ts';

export const handler = pipeline(route, (resources) => {
  const { table, now, report } = resources;
  const attemptsFor = (email: string, source: string) => signInAttempts(table, email, source, now);
  return createSession<Login, Buffer>({
    newId: randomId,
    // That it cannot be told is no reason to keep anybody out.
    sourceHash: (source) => sourceHash(table, source, now).catch((fault: unknown) => void report(fault)),
    findLogin: (email) => findLogin(table, email),
    lastSignIn: (email, source) => lastSignInFrom(table, email, source, now),
    isFamiliar,
    signInEmail: (at) => signInEmail(apiUrl(), at),
    seedOf: (password, login) => seedOf(password, hashToSignIn(login)),
    attemptsFor,
    open: async (login, { email, password, remember_me, seed }, { source, key }, commit) => {
      const opening = { token: key?.sessionToken(seed) ?? randomToken('ses'), remember_me, now };
      const belonging = [passwordUnchanged(email, login), familiarSource(email, source, now)];
      const answer = await attemptsFor(email, source)
        .whilePermitted((unchanged) =>
          openSession(table, login.user_id, opening, (opened, writes) =>
            commit(opened, [...unchanged, ...belonging, ...writes]),
          ),
        )
        .catch((error: unknown) => {
          if (error instanceof PasswordChanged) return undefined;
          throw error;
        });
      if (answer === undefined) return undefined;
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
