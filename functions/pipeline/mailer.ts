import { findClient } from '../clients/clients.ts';
import { mailerOf } from '../outbox/channels/email/mailer.ts';
import type { Outbox } from '../outbox/deliver.ts';
import { emailEnvironmentSchema } from '../outbox/environment.ts';
import type { Deadline } from '../table/deadline.ts';

/**
 * Gives what sends the e-mails of one request or run to the clients' own addresses, as the environment says. The outbox itself
 * knows no clients.
 *
 * @param given.waited hears how long Mandrill was waited for, in milliseconds
 * @throws ZodError if the function has no environment for e-mail
 */
export const mailerFor = (
  given: Omit<Outbox, 'send'> & { deadline: Deadline; waited(milliseconds: number): void },
): Outbox =>
  mailerOf({
    ...given,
    recipientOf: (client_id) => findClient(given.table, client_id),
    environment: emailEnvironmentSchema.parse(process.env),
  });
