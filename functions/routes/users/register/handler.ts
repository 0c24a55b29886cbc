import { Attempts } from '../../../adapters/attempts.ts';
import { randomId } from '../../../adapters/ids.ts';
import { hashPassword } from '../../../adapters/passwords.ts';
import { newSession, sessionWrites } from '../../../adapters/sessions.ts';
import { EmailTaken, saveNewUser } from '../../../adapters/users.ts';
import { REGISTRATION_LIMIT } from '../../../domain/attempts.ts';
import { pipeline } from '../../../pipeline/pipeline.ts';
import { registerUser } from './register.ts';
import { registerUser as route } from './route.ts';

export const handler = pipeline(route, ({ table, now }) =>
  registerUser({
    hashPassword,
    newId: randomId,
    newSession: (user, remember_me) => newSession(user, remember_me, now),
    save: async (user, password, session) => {
      try {
        await saveNewUser(table, user, password, sessionWrites(session));
        return true;
      } catch (error) {
        if (error instanceof EmailTaken) return false;
        throw error;
      }
    },
    attemptsFrom: (source) => new Attempts(table, REGISTRATION_LIMIT, source, now),
  }),
);
