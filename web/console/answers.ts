import type {
  DeployedRoute,
  DeployedService,
  DeploymentsListData,
  Email,
  EmailFailure,
  EmailsListData,
  EmailsShowData,
  Notification,
  NotificationsListData,
} from '../../client/src/index.ts';
import { hash, listOf, number, orAbsent, orNull, text } from '../kit/checks.ts';

const notification = hash<Notification>({
  notification_id: number,
  kind: text,
  cause: text,
  state: text,
  stage: text,
  occurrences: number,
  first_at: text,
  last_at: text,
  first_request_id: text,
  last_request_id: text,
  last_order_id: orNull(number),
  last_email_id: orNull(number),
  acknowledged_at: orNull(text),
  acknowledged_by: orNull(text),
  unreadable_rows: orAbsent(listOf(text)),
});

const email = hash<Email>({
  email_id: number,
  kind: text,
  subject: text,
  client_id: orNull(number),
  user_id: orNull(number),
  order_id: orNull(number),
  request_id: text,
  state: text,
  attempts: number,
  created_at: text,
  due_at: orNull(text),
  last_failure: orNull(hash<EmailFailure>({ kind: text, cause: text, at: text })),
  sent_at: orNull(text),
});

const deployed = { name: text, state: text, release: text, deployed_at: text, withdrawn_at: orNull(text) };
const service = hash<DeployedService>(deployed);
const route = hash<DeployedRoute>({
  ...deployed,
  service: text,
  method: text,
  purpose: text,
  version: orNull(text),
});

export const isDeployments = hash<DeploymentsListData>({ services: listOf(service), routes: listOf(route) });
export const isEmails = hash<EmailsListData>({ emails: listOf(email), next_cursor: orNull(text) });
export const isEmail = hash<EmailsShowData>({ email });
export const isNotifications = hash<NotificationsListData>({
  notifications: listOf(notification),
  next_cursor: orNull(text),
});
