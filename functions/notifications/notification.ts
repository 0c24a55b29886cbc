import * as z from 'zod/mini';
import { id } from '../contract/params.ts';

/** What the team is told of. */
export const NOTIFICATION_KINDS = [
  'mandrill-email-failed',
  /** An e-mail waits for an operator: it was tried for 24 hours in vain, or Mandrill refuses it for good. */
  'email-parked',
  'application-crash',
  'identify-request-error',
  /** A service or a route that has no record, or was withdrawn for longer than anybody withdraws one for a repair, is asked for. */
  'service-not-found',
  'route-not-found',
  /** A row of the table that cannot be read is left out of whatever lists it. */
  'unreadable-row',
  /** The check from outside does not get what a client would have to. */
  'check-failed',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const NOTIFICATION_STATES = ['open', 'acknowledged'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** An entry of the notifications tab: all occurrences of one kind and cause. Times are ISO 8601 UTC. */
export const notificationView = z.strictObject({
  notification_id: id,
  /** One of `NOTIFICATION_KINDS`; a later release may know more. */
  kind: z.string(),
  /** What has to be repaired; nothing personal. */
  cause: z.string(),
  /** One of `NOTIFICATION_STATES`; a later release may know more. */
  state: z.string(),
  stage: z.string(),
  occurrences: z.int(),
  first_at: z.string(),
  last_at: z.string(),
  first_request_id: z.string(),
  last_request_id: z.string(),
  /** What the last occurrence was about, if it was about one. */
  last_order_id: z.nullable(id),
  last_email_id: z.nullable(id),
  /** The rows that cannot be read, by their keys, if that is what it is about. */
  unreadable_rows: z.array(z.string()),
  acknowledged_at: z.nullable(z.string()),
  /** The name of who acknowledged it: a user or an application. */
  acknowledged_by: z.nullable(z.string()),
});
export type Notification = z.infer<typeof notificationView>;
