import { Attempts } from '../../../adapters/attempts.ts';
import { randomId } from '../../../adapters/ids.ts';
import { hashPassword } from '../../../adapters/passwords.ts';
import { newSession, sessionWrites } from '../../../adapters/sessions.ts';
import { EmailTaken, familiarSource, saveNewUser } from '../../../adapters/users.ts';
import { REGISTRATION_LIMIT } from '../../../domain/attempts.ts';
import { pipeline } from '../../../pipeline/pipeline.ts';
import { registerUser } from './register.ts';
import { registerUser as route } from './route.ts';

export const handler = pipeline(route, ({ table, now }) => {
  const attemptsFrom = (source: string) => new Attempts(table, REGISTRATION_LIMIT, source, now);
  return registerUser({
    hashPassword,
    newId: randomId,
    newSession: (user, remember_me) => newSession(user, remember_me, now),
    save: async (user, password, session, source) => {
      const first = [...sessionWrites(session), familiarSource(user.email, source, now)];
      try {
        // Also one that would succeed is refused past the limit, or success would tell that the address is free.
        await attemptsFrom(source).whilePermitted((unchanged) =>
          saveNewUser(table, user, password, [...first, unchanged]),
        );
        return true;
      } catch (error) {
        if (error instanceof EmailTaken) return false;
        throw error;
      }
    },
    attemptsFrom,
  });
});
