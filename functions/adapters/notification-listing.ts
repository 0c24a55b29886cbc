import * as z from 'zod/mini';
import { type Notification, type NotificationState, notificationView } from '../contract/notification.ts';
import { partitions } from '../contract/table-partitions.ts';
import type { Page } from './pages.ts';
import type { Row, Table } from './table.ts';

/** A stored notification: the stage is that of the table, and who acknowledged it is there only while somebody has. */
export const notificationRow = z.object({
  ...z.omit(notificationView, { stage: true }).shape,
  acknowledged_at: z._default(z.nullable(z.string()), null),
  acknowledged_by: z._default(z.nullable(z.string()), null),
});

/** All notifications as they are stored, in no order. */
export const notificationRows = async (table: Table): Promise<Row[]> => {
  const pages = table.pages({
    KeyConditionExpression: 'pk = :partition',
    ExpressionAttributeValues: { ':partition': partitions.notifications },
    ConsistentRead: true,
  });
  const rows: Row[] = [];
  for await (const { Items = [] } of pages) rows.push(...Items);
  return rows;
};

const allNotifications = async (table: Table, stage: string): Promise<Notification[]> =>
  (await notificationRows(table)).map((row) => ({ ...notificationRow.parse(row), stage }));

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
