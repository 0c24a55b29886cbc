import { randomId } from './ids.ts';
import type { Key, Table } from './table.ts';

/** What the team is told of in the production notifications tab. */
export interface Occurrence {
  kind:
    | 'mandrill-email-failed'
    /** An e-mail was tried for 24 hours in vain, and waits for an operator. */
    | 'email-parked';
  /** What has to be repaired: failures of one cause share a notification. */
  cause: string;
  order_id?: number | undefined;
  request_id: string;
}

/** All notifications are in one partition: there is one per kind and cause, so they are few. */
const notificationKey = ({ kind, cause }: Occurrence): Key => ({
  pk: 'NOTIFICATION',
  sk: `${kind}#${cause}`,
});

/** Opens the notification of an occurrence's kind and cause, or counts one more in it. */
export const notify = (table: Table, occurrence: Occurrence, now: Date): Promise<void> =>
  table.update({
    Key: notificationKey(occurrence),
    UpdateExpression: `SET notification_id = if_not_exists(notification_id, :id), kind = :kind, cause = :cause,
      #state = :open, first_at = if_not_exists(first_at, :now), last_at = :now, last_order_id = :order,
      last_request_id = :request ADD occurrences :one`,
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':id': randomId(),
      ':kind': occurrence.kind,
      ':cause': occurrence.cause,
      ':open': 'open',
      ':now': now.toISOString(),
      ':order': occurrence.order_id ?? null,
      ':request': occurrence.request_id,
      ':one': 1,
    },
  });
