import { proofContent } from '../accounts/proof-emails.ts';
import { findUser } from '../accounts/users.ts';
import { findClient } from '../clients/clients.ts';
import { mailerOf } from '../outbox/channels/email/mailer.ts';
import type { Outbox } from '../outbox/deliver.ts';
import type { Addressee } from '../outbox/email.ts';
import type { Deadline } from '../table/deadline.ts';

/**
 * Gives what sends the e-mails of one request or run to the own addresses of clients and users, as the environment says. The
 * outbox itself knows neither.
 *
 * @param given.waited hears how long Mandrill was waited for, in milliseconds
 */
export const mailerFor = (
  given: Omit<Outbox, 'send'> & { deadline: Deadline; waited(milliseconds: number): void },
): Outbox =>
  mailerOf({
    ...given,
    recipientOf: async ({ client_id, user_id }: Addressee) => {
      if (client_id !== undefined) return findClient(given.table, client_id);
      return user_id === undefined ? undefined : findUser(given.table, user_id);
    },
    secretOf: (email) => proofContent(given.table, email, given.now()),
    environment: process.env,
  });
