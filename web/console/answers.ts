import type {
  DeployedRoute,
  DeployedService,
  DeploymentsListData,
  Email,
  EmailFailure,
  EmailsListData,
  EmailsShowData,
  Fault,
  Notification,
  NotificationsListData,
  PlanoError,
  Session,
} from '../../client/src/index.ts';

/**
 * What the page relies on in what it is given: what it draws without another look. Anything else is left alone, since another
 * release may say more; and kinds and states are any text, since it may know others.
 */
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
/** Any other could not be sent in a header. */
const token: Check = (value) => typeof value === 'string' && /^[\w-]+$/.test(value);

const absent: Check = (value) => value === undefined;

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const orAbsent =
  (check: Check): Check =>
  (value) =>
    absent(value) || check(value);

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every((each) => check(each));

const hash =
  <Hash>(fields: { [Name in keyof Hash]?: Check }) =>
  (value: unknown): value is Hash =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries<Check>(fields as Record<string, Check>).every(([name, check]) =>
      check((value as Record<string, unknown>)[name]),
    );

/** Whether a refusal can be shown. */
export const isRefusal: Check = hash<PlanoError>({
  requestId: orAbsent(text),
  errors: orAbsent(listOf(hash<Fault>({ param: text, code: text, message: text }))),
});

/** What the page keeps of a session. */
export type KeptSession = Pick<Session, 'token' | 'name'>;
export const isKeptSession = hash<KeptSession>({ token, name: text });
export const isOpenedSession = hash<Session>({ token, name: text, roles: listOf(text) });

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
