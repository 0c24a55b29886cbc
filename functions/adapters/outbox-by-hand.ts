import { changeEmail, expiryOf } from './outbox.ts';
import { shardOf } from './outbox-index.ts';
import type { Table } from './table.ts';

/**
 * Has an e-mail sent again that is unsent or parked: it is due now, and its 24 hours start anew.
 *
 * @returns whether there is such an e-mail
 */
export const resendEmail = async (table: Table, email_id: number, now: Date): Promise<boolean> => {
  const row = await changeEmail(table, email_id, {
    UpdateExpression: 'SET #state = :unsent, due_at = :now, tried_since = :now, unsent = :shard',
    ConditionExpression: '#state = :unsent OR #state = :parked',
    ExpressionAttributeValues: {
      ':unsent': 'unsent',
      ':parked': 'parked',
      ':now': now.toISOString(),
      ':shard': shardOf(email_id),
    },
  });
  return row !== undefined;
};

/**
 * Discards an e-mail that is not to be sent any more; it is kept for questions as one that was sent.
 *
 * @returns whether there is such an e-mail: one that is being sent, was sent or was discarded before is none
 */
export const discardEmail = async (table: Table, email_id: number, now: Date): Promise<boolean> => {
  const row = await changeEmail(table, email_id, {
    UpdateExpression:
      'SET #state = :discarded, discarded_at = :now, expires_at = :expiry REMOVE unsent, due_at',
    ConditionExpression: '#state = :unsent OR #state = :parked OR (#state = :sending AND due_at <= :now)',
    ExpressionAttributeValues: {
      ':discarded': 'discarded',
      ':unsent': 'unsent',
      ':parked': 'parked',
      ':sending': 'sending',
      ':now': now.toISOString(),
      ':expiry': expiryOf(now),
    },
  });
  return row !== undefined;
};
