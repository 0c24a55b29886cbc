import { REGISTRATION_LIMIT, REGISTRATION_SOURCE_LIMIT } from '../../../../accounts/attempt-limits.ts';
import { Attempts } from '../../../../accounts/attempts.ts';
import { familiarSource } from '../../../../accounts/familiar-sources.ts';
import { firstMessage } from '../../../../accounts/message-attempts.ts';
import { hashPassword } from '../../../../accounts/passwords.ts';
import { newProof } from '../../../../accounts/proof-emails.ts';
import { newSession, sessionWrites } from '../../../../accounts/sessions.ts';
import { EmailTaken, saveNewUser } from '../../../../accounts/users.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId, randomToken } from '../../../../table/ids.ts';
import { openAgain } from '../../sessions/reopen-session.ts';
import { registerUser } from './register.ts';
import { registerUser as route } from './route.ts';

export const handler = pipeline(route, (resources) => {
  const { table, now } = resources;
  const registrations = (source: string) => [
    { limit: REGISTRATION_LIMIT, who: source },
    { limit: REGISTRATION_SOURCE_LIMIT, who: source, always: true as const },
  ];
  return registerUser({
    hashPassword,
    newVerification: (user_id, saving) => newProof('verification', user_id, saving),
    newId: randomId,
    newSession: (user, { seed }, remember_me, key) => {
      const token = key?.sessionToken(seed) ?? randomToken('ses');
      return newSession(user, { token, remember_me, now });
    },
    save: async (user, { hashed }, session, source, commit) => {
      const writes = [
        ...sessionWrites(session),
        firstMessage(user.email, now),
        familiarSource(user.email, source, now),
        ...saveNewUser(user, hashed),
      ];
      try {
        // Also one that would succeed is refused past the limit, or success would tell that the address is free.
        const attempts = new Attempts(table, registrations(source), now);
        return await attempts.whilePermitted((counted) => commit([...counted, ...writes]));
      } catch (error) {
        if (error instanceof EmailTaken) return undefined;
        throw error;
      }
    },
    attemptsFrom: (source) => new Attempts(table, registrations(source), now),
    openAgain: openAgain(resources),
  });
});
