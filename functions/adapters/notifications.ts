import * as z from 'zod/mini';
import {
  type Notification,
  type NotificationKind,
  type NotificationState,
  notificationView,
} from '../contract/notification.ts';
import { randomId } from './ids.ts';
import type { Page } from './pages.ts';
import type { Key, Row, Table, Write } from './table.ts';

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
 * All notifications are in one partition: there is one for each kind and cause, and causes are names in code, so that they
 * are few, and reading them all is one request.
 */
const PARTITION = 'NOTIFICATION';
const notificationKey = ({ kind, cause }: Pick<Occurrence, 'kind' | 'cause'>): Key => ({
  pk: PARTITION,
  sk: `${kind}#${cause}`,
});

/** A stored notification: the stage is that of the table, and who acknowledged it is there only while somebody has. */
const rowSchema = z.object({
  ...z.omit(notificationView, { stage: true }).shape,
  acknowledged_at: z._default(z.nullable(z.string()), null),
  acknowledged_by: z._default(z.nullable(z.string()), null),
});

/** Opens the notification of an occurrence's kind and cause, again if it was acknowledged, or counts one more in it. */
export const notify = (table: Table, occurrence: Occurrence, now: Date): Promise<void> =>
  table.update({
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

/** All notifications, in no order. */
const allRows = async (table: Table): Promise<Row[]> => {
  const pages = table.pages({
    KeyConditionExpression: 'pk = :partition',
    ExpressionAttributeValues: { ':partition': PARTITION },
    ConsistentRead: true,
  });
  const rows: Row[] = [];
  for await (const { Items = [] } of pages) rows.push(...Items);
  return rows;
};

const allNotifications = async (table: Table, stage: string): Promise<Notification[]> =>
  (await allRows(table)).map((row) => ({ ...rowSchema.parse(row), stage }));

/** Where a notification stands in the list; no two are at one place. */
const placeOf = ({ last_at, notification_id }: Notification): string => `${last_at}#${notification_id}`;

/**
 * A page of the notifications, those that occurred last first.
 *
 * @param state of which state; undefined for any
 * @param after the place after which to start; from the newest without one
 */
export const findNotifications = async (
  table: Table,
  { stage, state }: { stage: string; state: NotificationState | undefined },
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Page<Notification>> => {
  const listed = (await allNotifications(table, stage))
    .filter((each) => state === undefined || each.state === state)
    .filter((each) => after === undefined || placeOf(each) < after)
    .sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1));
  const items = listed.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last && listed.length > limit ? placeOf(last) : undefined };
};

/** The notification of an id. */
export const findNotification = async (
  table: Table,
  stage: string,
  notification_id: number,
): Promise<Notification | undefined> =>
  (await allNotifications(table, stage)).find((each) => each.notification_id === notification_id);

/** Acknowledges a notification, for a transaction. Of several who do so at once, the first is remembered. */
export const acknowledged = (notification: Notification, by: string, now: Date): Write => ({
  update: {
    Key: notificationKey(notification),
    UpdateExpression: `SET #state = :acknowledged, acknowledged_at = if_not_exists(acknowledged_at, :now),
      acknowledged_by = if_not_exists(acknowledged_by, :by)`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':acknowledged': 'acknowledged' satisfies NotificationState,
      ':by': by,
      ':now': now.toISOString(),
    },
  },
  refused: () => new Error('a notification is gone while it is acknowledged'),
});
