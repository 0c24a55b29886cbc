import { Attempts } from '../../../adapters/attempts.ts';
import { randomToken } from '../../../adapters/ids.ts';
import { hashPassword, isOutdated, seedOf } from '../../../adapters/passwords.ts';
import { openSession } from '../../../adapters/sessions.ts';
import {
  familiarSource,
  findLogin,
  isFamiliarSource,
  type Login,
  replacePassword,
} from '../../../adapters/users.ts';
import { sameAddressKey } from '../../../contract/account-params.ts';
import { SIGN_IN_LIMIT } from '../../../domain/attempts.ts';
import { pipeline } from '../../../pipeline/pipeline.ts';
import { openAgain } from '../../open-again.ts';
import { createSession } from './create.ts';
import { createSession as route } from './route.ts';

export const handler = pipeline(route, (resources) => {
  const { table, now, report, writesOf, idempotency } = resources;
  /** Where the user signed in before, attempts are counted apart: a stranger's do not keep the user out there. */
  const attemptsFor = async (email: string, source: string) => {
    const address = sameAddressKey(email);
    const who = (await isFamiliarSource(table, email, source)) ? `${address} ${source}` : address;
    return new Attempts(table, SIGN_IN_LIMIT, who, now);
  };
  return createSession<Login, Buffer>({
    findLogin: (email) => findLogin(table, email),
    seedOf: (password, login) => seedOf(password, login?.password),
    attemptsFor,
    open: async (login, { email, password, source, seed }, remember_me, outcomeOf) => {
      const token = idempotency()?.sessionToken(seed) ?? randomToken('ses');
      const attempts = await attemptsFor(email, source);
      const opened = await attempts.whilePermitted((unchanged) =>
        openSession(table, login.user_id, { token, remember_me, now }, (user) => [
          ...writesOf(outcomeOf(user)),
          unchanged,
          familiarSource(email, source, now),
        ]),
      );
      if (isOutdated(login.password)) {
        // The session is there already: that the hash stays as it was is no reason to withhold it.
        await hashPassword(password)
          .then(({ hashed }) => replacePassword(table, email, login, hashed))
          .catch(report);
      }
      return opened;
    },
    openAgain: openAgain(resources),
  });
});
