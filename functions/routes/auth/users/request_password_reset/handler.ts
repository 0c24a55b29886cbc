import type { SQSClient } from '@aws-sdk/client-sqs';
import { RESET_SOURCE_LIMIT } from '../../../../accounts/attempt-limits.ts';
import { Attempts } from '../../../../accounts/attempts.ts';
import { apiUrl } from '../../../../accounts/environment.ts';
import { resetEmail } from '../../../../accounts/letters.ts';
import { messageCounter } from '../../../../accounts/message-attempts.ts';
import { newLink, savedProof } from '../../../../accounts/proofs.ts';
import { findLogin } from '../../../../accounts/users.ts';
import { connectQueue, queueEmails } from '../../../../outbox/email-queue.ts';
import { queueEnvironmentSchema } from '../../../../outbox/environment.ts';
import { savedInVain } from '../../../../outbox/outbox.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId } from '../../../../table/ids.ts';
import { requestPasswordReset } from './request_password_reset.ts';
import { requestPasswordReset as route } from './route.ts';

/** Kept for the life of the function's instance. */
let queue: SQSClient | undefined;

export const handler = pipeline(route, ({ table, now, deadline, report }) =>
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
    hurry: async (email_id) => {
      try {
        const { EMAIL_QUEUE_URL } = queueEnvironmentSchema.parse(process.env);
        queue ??= connectQueue();
        await queueEmails(queue, EMAIL_QUEUE_URL, [email_id], deadline);
      } catch (fault) {
        report(fault);
      }
    },
  }),
);
