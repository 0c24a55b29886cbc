import type { Fault } from '../../functions/contract/faults.ts';
import type { SessionView } from '../../functions/contract/session-view.ts';
import type { Notification } from '../../functions/notifications/notification.ts';
import type { SavedEmailView } from '../../functions/outbox/email-view.ts';
import type { Envelope } from './failure.ts';
import type { DataOf, GetPath } from './routes.ts';

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

export const isEnvelope = hash<Envelope>({
  status: text,
  message: text,
  request_id: orAbsent(text),
  errors: orAbsent(listOf(hash<Fault>({ param: text, code: text, message: text }))),
});

/** What the gateway answers by itself: too many requests, or no function. */
export const isMessage = hash<{ message: string; status?: undefined }>({ message: text, status: absent });

/** What the page keeps of a session. */
export type Session = Pick<SessionView, 'token' | 'name'>;
export const isSession = hash<Session>({ token, name: text });
export const isOpenedSession = hash<SessionView>({ token, name: text, roles: listOf(text) });

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

const email = hash<SavedEmailView>({
  email_id: number,
  kind: text,
  subject: text,
  client_id: number,
  order_id: orNull(number),
  request_id: text,
  state: text,
  attempts: number,
  created_at: text,
  due_at: orNull(text),
  last_failure: orNull(hash({ kind: text, cause: text, at: text })),
  sent_at: orNull(text),
});

type Deployments = DataOf<'deployments/list'>;
const deployed = { name: text, state: text, release: text, deployed_at: text, withdrawn_at: orNull(text) };
const service = hash<Deployments['services'][number]>(deployed);
const route = hash<Deployments['routes'][number]>({
  ...deployed,
  service: text,
  method: text,
  purpose: text,
  version: orNull(text),
});

/** Of what is posted nothing is relied on but that it was done. */
export const isDataOf: { [Path in GetPath]: (data: unknown) => data is DataOf<Path> } = {
  'deployments/list': hash<DataOf<'deployments/list'>>({ services: listOf(service), routes: listOf(route) }),
  'emails/list': hash<DataOf<'emails/list'>>({ emails: listOf(email), next_cursor: orNull(text) }),
  'emails/show': hash<DataOf<'emails/show'>>({ email }),
  'notifications/list': hash<DataOf<'notifications/list'>>({
    notifications: listOf(notification),
    next_cursor: orNull(text),
  }),
};
