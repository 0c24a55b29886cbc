import { findClient } from '../clients/clients.ts';
import { type MailerResources, mailerOf } from '../outbox/channels/email/mailer.ts';
import { emailEnvironmentSchema } from '../outbox/environment.ts';

/**
 * Gives what sends the e-mails of one request or run to the clients' own addresses, as the environment says. The outbox itself
 * knows no clients.
 *
 * @throws ZodError if the function has no environment for e-mail
 */
export const mailerFor = (
  given: Pick<MailerResources, 'table' | 'deadline' | 'now' | 'report'>,
): MailerResources =>
  mailerOf({
    ...given,
    recipientOf: (client_id) => findClient(given.table, client_id),
    environment: emailEnvironmentSchema.parse(process.env),
  });
