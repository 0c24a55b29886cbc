import { RESET_SOURCE_LIMIT } from '../../../../accounts/attempt-limits.ts';
import { Attempts } from '../../../../accounts/attempts.ts';
import { apiUrl } from '../../../../accounts/environment.ts';
import { resetEmail } from '../../../../accounts/letters.ts';
import { messageCounter } from '../../../../accounts/message-attempts.ts';
import { newLink, savedProof } from '../../../../accounts/proofs.ts';
import { findLogin } from '../../../../accounts/users.ts';
import { savedInVain } from '../../../../outbox/outbox.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId } from '../../../../table/ids.ts';
import { requestPasswordReset } from './request_password_reset.ts';
import { requestPasswordReset as route } from './route.ts';

export const handler = pipeline(route, ({ table, now }) =>
  requestPasswordReset({
    newId: randomId,
    findUserId: async (email) => (await findLogin(table, email))?.user_id,
    newReset: (user_id) => {
      const { proof, token } = newLink('reset', user_id, now);
      return { write: savedProof('reset', proof), content: resetEmail(apiUrl(), token) };
    },
    whether: (email, source, commit) => {
      const counters = [messageCounter(email), { limit: RESET_SOURCE_LIMIT, who: source }];
      return new Attempts(table, counters, now).whether(commit);
    },
    savedInVain: (message) => savedInVain(message, now),
  }),
);
