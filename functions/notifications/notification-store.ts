import { conditionHolds } from '../table/condition.ts';
import { randomId } from '../table/ids.ts';
import { partitions } from '../table/partitions.ts';
import type { Key } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import { ChangedMeanwhile } from '../table/until-unchanged.ts';
import { unconditional, type Write } from '../table/write.ts';
import type { Notification, NotificationKind, NotificationState } from './notification.ts';

/** Something that the team has to know of. */
export interface Occurrence {
  kind: NotificationKind;
  /** What has to be repaired: failures of one cause share a notification. */
  cause: string;
  order_id?: number | undefined;
  email_id?: number | undefined;
  request_id: string;
}

/**
 * The key of a notification. All are in one partition: there is one for each kind and cause, and causes are names in code,
 * so that they are few, and reading them all is one request.
 */
export const notificationKey = ({ kind, cause }: { kind: string; cause: string }): Key => ({
  pk: partitions.notifications,
  sk: `${kind}#${cause}`,
});

/** A name fit to be a cause: short, and without anything that could be an address. */
export const plainName = (name: string): string => name.replaceAll(/[^\w-]/g, '_').slice(0, 60);

const counted = (occurrence: Occurrence, now: Date) => ({
  Key: notificationKey(occurrence),
  UpdateExpression: `SET notification_id = if_not_exists(notification_id, :id), kind = :kind, cause = :cause,
    #state = :open, first_at = if_not_exists(first_at, :now), last_at = :now,
    first_request_id = if_not_exists(first_request_id, :request), last_request_id = :request,
    last_order_id = :order, last_email_id = :email REMOVE acknowledged_at, acknowledged_by ADD occurrences :one`,
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: {
    ':id': randomId(),
    ':kind': occurrence.kind,
    ':cause': occurrence.cause,
    ':open': 'open' satisfies NotificationState,
    ':now': now.toISOString(),
    ':order': occurrence.order_id ?? null,
    ':email': occurrence.email_id ?? null,
    ':request': occurrence.request_id,
    ':one': 1,
  },
});

/** Opens the notification of an occurrence's kind and cause, again if it was acknowledged, or counts one more in it. */
export const notify = (table: Table, occurrence: Occurrence, now: Date): Promise<void> =>
  table.update(counted(occurrence, now));

/** So many rows are named in one notification; more of the same kind are found when these are repaired. */
const MOST_ROWS = 20;

/**
 * Tells of a row that cannot be read, once: its notification names it, and those before it of the same kind and fault. One that
 * is named already changes nothing, whoever meets it again, so that a list that is read each minute does not write each minute.
 *
 * @param row its key as text
 */
export const notifyOfRow = async (
  table: Table,
  occurrence: Occurrence,
  row: string,
  now: Date,
): Promise<void> => {
  const { UpdateExpression, ExpressionAttributeValues, ...input } = counted(occurrence, now);
  await conditionHolds(
    table.update({
      ...input,
      UpdateExpression: `${UpdateExpression}, unreadable_rows :rows`,
      ConditionExpression:
        'attribute_not_exists(unreadable_rows) OR (NOT contains(unreadable_rows, :row) AND size(unreadable_rows) < :most)',
      ExpressionAttributeValues: {
        ...ExpressionAttributeValues,
        ':row': row,
        ':rows': new Set([row]),
        ':most': MOST_ROWS,
      },
    }),
  );
};

/** Does what `notify` does, for a transaction. */
export const notified = (occurrence: Occurrence, now: Date): Write => ({
  update: counted(occurrence, now),
  refused: unconditional,
});

/**
 * Acknowledges a notification, for a transaction, if it is still as it was read and has not occurred again since: of several who do
 * so at once only the first does. When it opens again, nobody has been alerted for it.
 *
 * @param notification one that nobody has acknowledged
 */
export const acknowledged = (notification: Notification, by: string, now: Date): Write => ({
  update: {
    Key: notificationKey(notification),
    UpdateExpression:
      'SET #state = :acknowledged, acknowledged_at = :now, acknowledged_by = :by REMOVE paged_at, page_leased_until',
    ConditionExpression: '#state = :state AND occurrences = :seen',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':state': notification.state,
      ':seen': notification.occurrences,
      ':acknowledged': 'acknowledged' satisfies NotificationState,
      ':by': by,
      ':now': now.toISOString(),
    },
  },
  refused: () => new ChangedMeanwhile(),
});
