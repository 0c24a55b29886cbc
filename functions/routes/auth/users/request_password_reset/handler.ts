import type { SQSClient } from '@aws-sdk/client-sqs';
import { RESET_SOURCE_LIMIT } from '../../../../accounts/attempt-limits.ts';
import { Attempts } from '../../../../accounts/attempts.ts';
import { findLogin } from '../../../../accounts/logins.ts';
import { linkCounter } from '../../../../accounts/message-attempts.ts';
import { newProof } from '../../../../accounts/proof-emails.ts';
import { findUser } from '../../../../accounts/users.ts';
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
    findUser: async (email) => {
      const login = await findLogin(table, email);
      // Where there is no user a row is asked for that nobody has.
      return findUser(table, login?.user_id ?? randomId());
    },
    newReset: (user_id, saving) => newProof('reset', user_id, saving),
    whether: ({ email, isVerified, source }, commit) => {
      const counters = [linkCounter(email, isVerified), { limit: RESET_SOURCE_LIMIT, who: source }];
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
