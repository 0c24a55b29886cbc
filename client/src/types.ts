// Printed from the definitions of the routes by `npm run client:types`; do not change it by hand.
import type { Json } from './json.ts';

export interface Session {
  token: string;
  user_id: number;
  name: string;
  roles: ('client' | 'liaison' | 'employee')[];
  remember_me: boolean;
  created_at: string;
  last_used_at: string;
  expires_at: string | null;
}

export interface Order {
  order_id: number;
  client_id: number;
  reference: string | null;
  status: string;
  notes: string;
  created_at: string;
  updated_at: string;
  line_items: LineItem[];
  appointments: Appointment[];
}

export interface LineItem {
  line_item_id: number;
  name: string;
  quantity: number;
  completed_quantity: number;
  completed_date: string | null;
  completed_by: string | null;
}

export interface Appointment {
  appt_id: number;
  status: string;
  scheduled_for: string;
  duration_minutes: number | null;
  cancel_reason: string | null;
  cancel_note: string | null;
  cancelled_at: string | null;
  cancelled_by: string | null;
}

export interface NewLineItem {
  /** The name of the service group. */
  name: string;
  /** How many there are. */
  quantity: number;
}

export interface NewAppointment {
  /** When it is, not before yesterday in UTC. */
  scheduled_for: string;
  /** How long it takes, a day at most; null in the order when it is not given. */
  duration_minutes?: number | undefined;
}

export interface LineItemChange {
  /** The name of the service group. An added item needs it. */
  name?: string | undefined;
  /** The item that changes, and only in the fields given. Without it an item is added. */
  line_item_id: number;
  /** How many there are. An added item needs it. */
  quantity?: number | undefined;
  /** How many are completed, at most as many as there are. */
  completed_quantity?: number | undefined;
  /** The day or the time of completion, not in the future. Today when it is not given and something is completed. */
  completed_date?: string | undefined;
  /** Who has completed it. The caller when it is not given and something is completed. */
  completed_by?: string | undefined;
}

export interface AddedLineItem {
  /** The name of the service group. An added item needs it. */
  name: string;
  /** How many there are. An added item needs it. */
  quantity: number;
  /** How many are completed, at most as many as there are. */
  completed_quantity?: number | undefined;
  /** The day or the time of completion, not in the future. Today when it is not given and something is completed. */
  completed_date?: string | undefined;
  /** Who has completed it. The caller when it is not given and something is completed. */
  completed_by?: string | undefined;
}

export interface AppointmentChange {
  /** The appointment. */
  appt_id: number;
  /** Why it is cancelled. Without it the appointment stays as it is. */
  cancel_reason?: string | undefined;
  /** More about the reason, with which it has to be given. */
  cancel_note?: string | undefined;
}

export interface OrderPreview {
  order: PreviewOrder;
  changes: FieldChange[];
  email: PreviewEmail | null;
}

export interface PreviewOrder {
  order_id?: number | undefined;
  client_id: number;
  reference: string | null;
  status: string;
  notes: string;
  created_at?: string | undefined;
  updated_at?: string | undefined;
  line_items: PreviewLineItem[];
  appointments: PreviewAppointment[];
}

export interface PreviewLineItem {
  line_item_id?: number | undefined;
  name: string;
  quantity: number;
  completed_quantity: number;
  completed_date: string | null;
  completed_by: string | null;
}

export interface PreviewAppointment {
  appt_id?: number | undefined;
  status: string;
  scheduled_for: string;
  duration_minutes: number | null;
  cancel_reason: string | null;
  cancel_note: string | null;
  cancelled_at: string | null;
  cancelled_by: string | null;
}

export interface PreviewEmail {
  kind: string;
  subject: string;
  text: string;
}

export interface HistoryEntry {
  at: string;
  by: ChangedBy;
  changes: FieldChange[];
}

export interface ChangedBy {
  token: string;
  id: number;
  name: string;
}

export interface FieldChange {
  field: string;
  before: Json;
  after: Json;
}

export interface User {
  user_id: number;
  name: string;
  email: string;
  email_verified: boolean;
  roles: ('client' | 'liaison' | 'employee')[];
  client_id: number | null;
}

export interface ClientRecord {
  client_id: number;
  name: string;
  email: string;
  phone: string | null;
  company_name: string | null;
  address: string | null;
  created_at: string | null;
}

export interface ListedSession {
  session_id: number;
  created_at: string;
  last_used_at: string;
  remember_me: boolean;
  expires_at: string | null;
  current: boolean;
}

export interface Notification {
  notification_id: number;
  kind: string;
  cause: string;
  state: string;
  stage: string;
  occurrences: number;
  first_at: string;
  last_at: string;
  first_request_id: string;
  last_request_id: string;
  last_order_id: number | null;
  last_email_id: number | null;
  unreadable_rows: string[];
  acknowledged_at: string | null;
  acknowledged_by: string | null;
}

export interface Email {
  email_id: number;
  kind: string;
  subject: string;
  client_id: number | null;
  user_id: number | null;
  order_id: number | null;
  request_id: string;
  state: string;
  attempts: number;
  created_at: string;
  due_at: string | null;
  last_failure: EmailFailure | null;
  sent_at: string | null;
}

export interface EmailFailure {
  kind: string;
  cause: string;
  at: string;
}

export interface DeployedService {
  name: string;
  state: 'deployed' | 'withdrawn';
  release: string;
  deployed_at: string;
  withdrawn_at: string | null;
}

export interface DeployedRoute {
  name: string;
  state: 'deployed' | 'withdrawn';
  release: string;
  deployed_at: string;
  withdrawn_at: string | null;
  service: string;
  method: string;
  purpose: string;
  version: string | null;
}

/** Parameters of `POST users/register`. */
export interface UsersRegisterParams {
  /** The address by which the user signs in, and to which e-mail goes. No two users have one address. */
  email: string;
  /** The password: 8 to 256 characters, once it is in Unicode’s form NFKC; none of the most common ones, and neither the address nor the name. */
  password: string;
  /** What the user is called. */
  name: string;
  /** Whether the session lives on without end. Without it, it expires. */
  remember_me?: boolean | undefined;
}

/** What `POST users/register` answers. */
export interface UsersRegisterData {
  user: User;
}

/** Parameters of `POST users/verify`. */
export interface UsersVerifyParams {
  /** The token of the link, which stands after its `#`. It is good for 24 hours, once. */
  verification?: string | undefined;
  /** In the place of `verification`: the address, together with `code`. */
  email?: string | undefined;
  /** The code of 6 digits from the same e-mail. It can be tried 5 times. */
  code?: string | undefined;
}

/** What `POST users/verify` answers. */
export interface UsersVerifyData {
  user: User;
}

/** Parameters of `POST users/send_verification`. */
export type UsersSendVerificationParams = Record<string, never>;

/** What `POST users/send_verification` answers. */
export type UsersSendVerificationData = Record<string, never>;

/** Parameters of `POST users/client_register`. */
export interface UsersClientRegisterParams {
  /** A telephone number. */
  phone?: string | undefined;
  /** The name of the company that the client orders for. */
  company_name?: string | undefined;
  /** The postal address, in lines. */
  address?: string | undefined;
}

/** What `POST users/client_register` answers. */
export interface UsersClientRegisterData {
  user: User;
}

/** Parameters of `POST users/request_password_reset`. */
export interface UsersRequestPasswordResetParams {
  /** The address with which the user has registered. */
  email: string;
}

/** What `POST users/request_password_reset` answers. */
export type UsersRequestPasswordResetData = Record<string, never>;

/** Parameters of `POST users/reset_password`. */
export interface UsersResetPasswordParams {
  /** The token of the link, which stands after its `#`. It is good for one hour, that of an invitation for 72, and once. */
  reset: string;
  /** The new password: 8 to 256 characters, once it is in Unicode’s form NFKC; none of the most common ones, and neither the address nor the name. */
  password: string;
}

/** What `POST users/reset_password` answers. */
export type UsersResetPasswordData = Record<string, never>;

/** Parameters of `POST users/change_password`. */
export interface UsersChangePasswordParams {
  /** The password as it is. */
  current_password: string;
  /** The new password: 8 to 256 characters, once it is in Unicode’s form NFKC; none of the most common ones, and neither the address nor the name. */
  password: string;
}

/** What `POST users/change_password` answers. */
export type UsersChangePasswordData = Record<string, never>;

/** Parameters of `POST sessions/create`. */
export interface SessionsCreateParams {
  /** The address with which the user has registered. */
  email: string;
  /** The user’s password. */
  password: string;
  /** Whether the session lives on without end. Without it, it expires. */
  remember_me?: boolean | undefined;
}

/** What `POST sessions/create` answers. */
export interface SessionsCreateData {
  user: User;
}

/** Parameters of `GET sessions/show`. */
export type SessionsShowParams = Record<string, never>;

/** What `GET sessions/show` answers. */
export interface SessionsShowData {
  user: User;
}

/** Parameters of `GET sessions/list`. */
export type SessionsListParams = Record<string, never>;

/** What `GET sessions/list` answers. */
export interface SessionsListData {
  sessions: ListedSession[];
}

/** Parameters of `POST sessions/destroy`. */
export interface SessionsDestroyParams {
  /** The session to end, of those that `sessions/list` tells; the one of the token without it. */
  session_id?: number | undefined;
}

/** What `POST sessions/destroy` answers. */
export type SessionsDestroyData = Record<string, never>;

/** Parameters of `POST sessions/destroy_others`. */
export type SessionsDestroyOthersParams = Record<string, never>;

/** What `POST sessions/destroy_others` answers. */
export type SessionsDestroyOthersData = Record<string, never>;

/** Parameters of `GET clients/show`. */
export interface ClientsShowParams {
  /** The client. One of `client_id` and `email` is required of all but clients. */
  client_id?: number | undefined;
  /** The address of the client, by which its user signs in. */
  email?: string | undefined;
}

/** What `GET clients/show` answers. */
export interface ClientsShowData {
  client: ClientRecord;
}

/** Parameters of `GET clients/list`. */
export interface ClientsListParams {
  /** How many clients a page has at most; 25 when it is not given. */
  limit?: number | undefined;
  /** The `next_cursor` of the page before, to get the one after it. */
  cursor?: string | undefined;
}

/** What `GET clients/list` answers. */
export interface ClientsListData {
  clients: ClientRecord[];
  next_cursor: string | null;
}

/** Parameters of `POST clients/update`. */
export interface ClientsUpdateParams {
  /** Which client. Required of all but clients, who mean themselves without it. */
  client_id?: number | undefined;
  /** A telephone number. */
  phone?: string | undefined;
  /** The name of the company that the client orders for. */
  company_name?: string | undefined;
  /** The postal address, in lines. */
  address?: string | undefined;
}

/** What `POST clients/update` answers. */
export interface ClientsUpdateData {
  client?: ClientRecord | undefined;
}

/** Parameters of `POST orders/create`. */
export interface OrdersCreateParams {
  /** For whom it is. Required of all but clients, who order for themselves. */
  client_id?: number | undefined;
  /** The client’s own number for the order, unique among its orders. */
  reference?: string | undefined;
  /** Notes on the order. Without them it has an empty text. */
  notes?: string | undefined;
  /** What is ordered. */
  line_items: NewLineItem[];
  /** The first appointment. Others are made by `appointments/create`. */
  appointment?: NewAppointment | undefined;
  /** With `true` the request is judged as in earnest, and nothing is done: `data` is what would be. `false` is as if it were absent. */
  dry_run?: boolean | undefined;
}

/** What `POST orders/create` answers. */
export interface OrdersCreateData {
  order: Order;
}

/** Parameters of `GET orders/show`. */
export interface OrdersShowParams {
  /** The order. It names an order alone, and goes with neither `reference` nor `client_id`. */
  order_id?: number | undefined;
  /** The client’s own number for the order. */
  reference?: string | undefined;
  /** Whose number the reference is. Required with it of all but clients. */
  client_id?: number | undefined;
}

/** What `GET orders/show` answers. */
export interface OrdersShowData {
  order: Order;
}

/** Parameters of `GET orders/show_many`. */
export interface OrdersShowManyParams {
  /** The ids of 1 to 100 orders. None is given twice. */
  order_ids: readonly number[];
}

/** What `GET orders/show_many` answers. */
export interface OrdersShowManyData {
  orders: Order[];
  not_found: number[];
}

/** Parameters of `GET orders/list`. */
export interface OrdersListParams {
  /** Only orders of this status. */
  status?: 'open' | 'in_progress' | 'completed' | undefined;
  /** Only orders of this client. */
  client_id?: number | undefined;
  /** Only orders that have changed then or later. A change shows in the list some seconds late: whoever follows changes asks from a minute before the last time. */
  updated_since?: string | undefined;
  /** How many orders a page has at most; 25 when it is not given. */
  limit?: number | undefined;
  /** The `next_cursor` of the page before, to get the one after it. The other parameters stay as they were, but for `limit`. */
  cursor?: string | undefined;
}

/** What `GET orders/list` answers. */
export interface OrdersListData {
  orders: Order[];
  next_cursor: string | null;
}

/** Parameters of `POST orders/update`. */
export interface OrdersUpdateParams {
  /** The order that is changed. */
  order_id: number;
  /** Replaces the notes; an empty text clears them. Without it they stay as they are. */
  notes?: string | undefined;
  /** The `updated_at` of the order as it was last seen. If the order has changed since, the request is refused as `stale`, with the current order in `data.order`. */
  updated_at: string;
  /** Line items that change or are added. Those that are not named stay as they are. Only employees and applications may send any. */
  line_items?: (LineItemChange | AddedLineItem)[] | undefined;
  /** One of the order’s appointments; with a reason it is cancelled, and without one it stays as it is. For an order that has none, `appointments/create` makes one first. */
  appointment: AppointmentChange;
  /** The client’s own number for the order, unique among its orders. Without it, it stays as it is. */
  reference?: string | undefined;
  /** With `true` the request is judged as in earnest, and nothing is done: `data` is what would be. `false` is as if it were absent. */
  dry_run?: boolean | undefined;
}

/** What `POST orders/update` answers. */
export interface OrdersUpdateData {
  order: Order;
}

/** Parameters of `GET orders/history`. */
export interface OrdersHistoryParams {
  /** The order. */
  order_id: number;
  /** How many changes a page has at most; 25 when it is not given. */
  limit?: number | undefined;
  /** The `next_cursor` of the page before, to get the one after it. */
  cursor?: string | undefined;
}

/** What `GET orders/history` answers. */
export interface OrdersHistoryData {
  history: HistoryEntry[];
  next_cursor: string | null;
}

/** Parameters of `POST appointments/create`. */
export interface AppointmentsCreateParams {
  /** The order. */
  order_id: number;
  /** The `updated_at` of the order as it was last seen. If the order has changed since, the request is refused as `stale`, with the current order in `data.order`. */
  updated_at: string;
  /** When the appointment is, not before yesterday in UTC. */
  scheduled_for: string;
  /** How long it takes, a day at most; null in the order when it is not given. */
  duration_minutes?: number | undefined;
  /** With `true` the request is judged as in earnest, and nothing is done: `data` is what would be. `false` is as if it were absent. */
  dry_run?: boolean | undefined;
}

/** What `POST appointments/create` answers. */
export interface AppointmentsCreateData {
  order: Order;
}

/** Parameters of `POST appointments/reschedule`. */
export interface AppointmentsRescheduleParams {
  /** The order. */
  order_id: number;
  /** The `updated_at` of the order as it was last seen. If the order has changed since, the request is refused as `stale`, with the current order in `data.order`. */
  updated_at: string;
  /** The appointment, one of the order that is not cancelled. */
  appt_id: number;
  /** When it is from now on, not before yesterday in UTC. */
  scheduled_for: string;
  /** How long it takes, a day at most. Without it the appointment takes as long as before. */
  duration_minutes?: number | undefined;
  /** With `true` the request is judged as in earnest, and nothing is done: `data` is what would be. `false` is as if it were absent. */
  dry_run?: boolean | undefined;
}

/** What `POST appointments/reschedule` answers. */
export interface AppointmentsRescheduleData {
  order: Order;
}

/** Parameters of `GET notifications/list`. */
export interface NotificationsListParams {
  /** Only notifications of this state: those that are open, or those that somebody looks after. */
  state?: 'open' | 'acknowledged' | undefined;
  /** How many notifications a page has at most; 25 when it is not given. */
  limit?: number | undefined;
  /** The `next_cursor` of the page before, to get the one after it. The other parameters stay as they were, but for `limit`. */
  cursor?: string | undefined;
}

/** What `GET notifications/list` answers. */
export interface NotificationsListData {
  notifications: Notification[];
  next_cursor: string | null;
}

/** Parameters of `POST notifications/acknowledge`. */
export interface NotificationsAcknowledgeParams {
  /** The notification. */
  notification_id: number;
}

/** What `POST notifications/acknowledge` answers. */
export interface NotificationsAcknowledgeData {
  notification: Notification;
}

/** Parameters of `GET emails/list`. */
export interface EmailsListParams {
  /** Only e-mails of this state: `unsent` are tried again by themselves, `sending` are tried just now, `parked` wait for a decision. */
  state?: 'unsent' | 'sending' | 'parked' | undefined;
  /** How many e-mails a page has at most; 25 when it is not given. */
  limit?: number | undefined;
  /** The `next_cursor` of the page before, to get the one after it. The other parameters stay as they were, but for `limit`. */
  cursor?: string | undefined;
}

/** What `GET emails/list` answers. */
export interface EmailsListData {
  emails: Email[];
  next_cursor: string | null;
}

/** Parameters of `GET emails/show`. */
export interface EmailsShowParams {
  /** The e-mail. Notifications and lists name it. */
  email_id: number;
}

/** What `GET emails/show` answers. */
export interface EmailsShowData {
  email: Email;
}

/** Parameters of `POST emails/resend`. */
export interface EmailsResendParams {
  /** The e-mail. */
  email_id: number;
}

/** What `POST emails/resend` answers. */
export interface EmailsResendData {
  email: Email | null;
}

/** Parameters of `POST emails/discard`. */
export interface EmailsDiscardParams {
  /** The e-mail. */
  email_id: number;
}

/** What `POST emails/discard` answers. */
export interface EmailsDiscardData {
  email: Email | null;
}

/** Parameters of `GET deployments/list`. */
export type DeploymentsListParams = Record<string, never>;

/** What `GET deployments/list` answers. */
export interface DeploymentsListData {
  services: DeployedService[];
  routes: DeployedRoute[];
}

/** Parameters and data of each route, by its path, and what a dry run of it answers. */
export interface Routes {
  'users/register': { params: UsersRegisterParams; data: UsersRegisterData };
  'users/verify': { params: UsersVerifyParams; data: UsersVerifyData };
  'users/send_verification': { params: UsersSendVerificationParams; data: UsersSendVerificationData };
  'users/client_register': { params: UsersClientRegisterParams; data: UsersClientRegisterData };
  'users/request_password_reset': {
    params: UsersRequestPasswordResetParams;
    data: UsersRequestPasswordResetData;
  };
  'users/reset_password': { params: UsersResetPasswordParams; data: UsersResetPasswordData };
  'users/change_password': { params: UsersChangePasswordParams; data: UsersChangePasswordData };
  'sessions/create': { params: SessionsCreateParams; data: SessionsCreateData };
  'sessions/show': { params: SessionsShowParams; data: SessionsShowData };
  'sessions/list': { params: SessionsListParams; data: SessionsListData };
  'sessions/destroy': { params: SessionsDestroyParams; data: SessionsDestroyData };
  'sessions/destroy_others': { params: SessionsDestroyOthersParams; data: SessionsDestroyOthersData };
  'clients/show': { params: ClientsShowParams; data: ClientsShowData };
  'clients/list': { params: ClientsListParams; data: ClientsListData };
  'clients/update': { params: ClientsUpdateParams; data: ClientsUpdateData };
  'orders/create': { params: OrdersCreateParams; data: OrdersCreateData; preview: OrderPreview };
  'orders/show': { params: OrdersShowParams; data: OrdersShowData };
  'orders/show_many': { params: OrdersShowManyParams; data: OrdersShowManyData };
  'orders/list': { params: OrdersListParams; data: OrdersListData };
  'orders/update': { params: OrdersUpdateParams; data: OrdersUpdateData; preview: OrderPreview };
  'orders/history': { params: OrdersHistoryParams; data: OrdersHistoryData };
  'appointments/create': {
    params: AppointmentsCreateParams;
    data: AppointmentsCreateData;
    preview: OrderPreview;
  };
  'appointments/reschedule': {
    params: AppointmentsRescheduleParams;
    data: AppointmentsRescheduleData;
    preview: OrderPreview;
  };
  'notifications/list': { params: NotificationsListParams; data: NotificationsListData };
  'notifications/acknowledge': { params: NotificationsAcknowledgeParams; data: NotificationsAcknowledgeData };
  'emails/list': { params: EmailsListParams; data: EmailsListData };
  'emails/show': { params: EmailsShowParams; data: EmailsShowData };
  'emails/resend': { params: EmailsResendParams; data: EmailsResendData };
  'emails/discard': { params: EmailsDiscardParams; data: EmailsDiscardData };
  'deployments/list': { params: DeploymentsListParams; data: DeploymentsListData };
}
