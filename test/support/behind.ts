import { notify, type Occurrence } from '../../functions/notifications/notification-store.ts';
import type { Email } from '../../functions/outbox/email.ts';
import { markFailed, savedEmail } from '../../functions/outbox/outbox.ts';
import { randomId } from '../../functions/table/ids.ts';
import type { Table } from '../../functions/table/table.ts';
import { tableOf } from '../../ops/target.ts';
import { anEmail } from './emails.ts';
import type { TestStack } from './local-stack.ts';

/** What a stack's functions do, done past them. */

export const tableBehind = ({ documents, stack: { tableName } }: TestStack): Table =>
  tableOf({ documents, tableName });

/** Saves an e-mail; by now it has failed, for good or not, unless it is being sent. */
export const waitingEmail = async (
  table: Table,
  state: 'sending' | 'unsent' | 'parked',
  { at = new Date(), ...given }: Partial<Email> & { at?: Date } = {},
): Promise<Email> => {
  const email = anEmail({ created_at: at.toISOString(), ...given });
  await table.transact([savedEmail(email, at)]);
  const failure = { kind: 'rejected', cause: 'spam', permanent: state === 'parked' } as const;
  if (state !== 'sending') await markFailed(table, email, failure, at);
  return email;
};

/** Has something occur, of a cause of its own unless said otherwise. */
export const occur = async (
  table: Table,
  given: Partial<Occurrence> = {},
  at = new Date(),
): Promise<Occurrence> => {
  const occurrence: Occurrence = {
    kind: 'application-crash',
    cause: `orders/test: ${randomId()}`,
    request_id: 'first',
    ...given,
  };
  await notify(table, occurrence, at);
  return occurrence;
};
