import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { type Page, pageOf } from '../table/page.ts';
import { partitions } from '../table/partitions.ts';
import type { Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import type { Notification, NotificationState } from './notification.ts';

/** Notifications. What is only there at times is null, or empty, at others. */
export const notificationRows = new RowKind(
  z.object({
    notification_id: id,
    kind: z.string(),
    cause: z.string(),
    state: z.string(),
    occurrences: z.int(),
    first_at: z.string(),
    last_at: z.string(),
    first_request_id: z.string(),
    last_request_id: z.string(),
    last_order_id: z._default(z.nullable(id), null),
    last_email_id: z._default(z.nullable(id), null),
    unreadable_rows: z._default(z.set(z.string()), new Set()),
    acknowledged_at: z._default(z.nullable(z.string()), null),
    acknowledged_by: z._default(z.nullable(z.string()), null),
    /** When people were alerted for it, since it opened. */
    paged_at: z.optional(z.string()),
    /** Until when the run has it that alerts people for it. */
    page_leased_until: z.optional(z.string()),
    /** When people were last alerted for it, whether it was acknowledged since or not, and how often it had occurred by then. */
    alerted_at: z.catch(z.optional(z.string()), undefined),
    alerted_occurrences: z.catch(z.optional(z.int()), undefined),
  }),
);
/** A notification as it is kept. */
export type StoredNotification = ReturnType<(typeof notificationRows)['read']>;

/** A notification as the team sees it. The stage is that of the table. */
export const viewOfNotification = (
  {
    paged_at: _paged,
    page_leased_until: _leased,
    alerted_at: _alerted,
    alerted_occurrences: _occurrences,
    unreadable_rows,
    ...notification
  }: StoredNotification,
  stage: string,
): Notification => ({ ...notification, stage, unreadable_rows: [...unreadable_rows].sort() });

/** Which notifications are looked for, as DynamoDB takes it. */
type Filter = Pick<
  QueryCommandInput,
  'FilterExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** The notifications that can be read, in no order: all, or those that pass a filter. */
export const storedNotifications = async (
  table: Table,
  filter: Filter = {},
): Promise<StoredNotification[]> => {
  const pages = table.pages({
    ...filter,
    KeyConditionExpression: 'pk = :partition',
    ExpressionAttributeValues: {
      ':partition': partitions.notifications,
      ...filter.ExpressionAttributeValues,
    },
    ConsistentRead: true,
  });
  const rows: Row[] = [];
  for await (const { Items = [] } of pages) rows.push(...Items);
  return notificationRows.readAll(table, rows);
};

const allNotifications = async (table: Table, stage: string): Promise<Notification[]> =>
  (await storedNotifications(table)).map((stored) => viewOfNotification(stored, stage));

/** Where a notification stands in the list; no two are at one place. */
const listingPlace = ({ last_at, notification_id }: Notification): string => `${last_at}#${notification_id}`;

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
    .filter((each) => after === undefined || listingPlace(each) < after)
    .sort((one, other) => (listingPlace(one) < listingPlace(other) ? 1 : -1));
  return pageOf(listed, limit, listingPlace);
};

/** The notification of an id. */
export const findNotification = async (
  table: Table,
  stage: string,
  notification_id: number,
): Promise<Notification | undefined> =>
  (await allNotifications(table, stage)).find((each) => each.notification_id === notification_id);
