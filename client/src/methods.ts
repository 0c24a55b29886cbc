// Printed from the definitions of the routes by `npm run client:types`; do not change it by hand.
import type { Answer, CallOptions, PostOptions, SessionAnswer } from './answers.ts';
import type {
  AppointmentsCreateData,
  AppointmentsCreateParams,
  AppointmentsRescheduleData,
  AppointmentsRescheduleParams,
  ClientRecord,
  ClientsListData,
  ClientsListParams,
  ClientsShowData,
  ClientsShowParams,
  ClientsUpdateData,
  ClientsUpdateParams,
  DeploymentsListData,
  DeploymentsListParams,
  Email,
  EmailsDiscardData,
  EmailsDiscardParams,
  EmailsListData,
  EmailsListParams,
  EmailsResendData,
  EmailsResendParams,
  EmailsShowData,
  EmailsShowParams,
  HistoryEntry,
  Notification,
  NotificationsAcknowledgeData,
  NotificationsAcknowledgeParams,
  NotificationsListData,
  NotificationsListParams,
  Order,
  OrderPreview,
  OrdersCreateData,
  OrdersCreateParams,
  OrdersHistoryData,
  OrdersHistoryParams,
  OrdersListData,
  OrdersListParams,
  OrdersShowData,
  OrdersShowManyData,
  OrdersShowManyParams,
  OrdersShowParams,
  OrdersUpdateData,
  OrdersUpdateParams,
  SessionsCreateData,
  SessionsCreateParams,
  SessionsDestroyData,
  SessionsDestroyOthersData,
  SessionsDestroyOthersParams,
  SessionsDestroyParams,
  SessionsListData,
  SessionsListParams,
  SessionsShowData,
  SessionsShowParams,
  UsersChangePasswordData,
  UsersChangePasswordParams,
  UsersClientRegisterData,
  UsersClientRegisterParams,
  UsersRegisterData,
  UsersRegisterParams,
  UsersRequestPasswordResetData,
  UsersRequestPasswordResetParams,
  UsersResetPasswordData,
  UsersResetPasswordParams,
  UsersSendVerificationData,
  UsersSendVerificationParams,
  UsersVerifyData,
  UsersVerifyParams,
} from './types.ts';

export interface Users {
  /** Makes a user, who has no role yet, and a session; an e-mail asks whether the address is theirs. */
  register(params: UsersRegisterParams, options?: PostOptions): Promise<SessionAnswer<UsersRegisterData>>;
  /** Verifies that an e-mail address is the user’s, by what was sent there. */
  verify(params?: UsersVerifyParams, options?: PostOptions): Promise<Answer<UsersVerifyData>>;
  /** Sends the e-mail again that asks whether an address is the user’s. */
  sendVerification(
    params?: UsersSendVerificationParams,
    options?: PostOptions,
  ): Promise<Answer<UsersSendVerificationData>>;
  /** Makes the session’s user a client, and welcomes it by e-mail once its address is verified. */
  clientRegister(
    params?: UsersClientRegisterParams,
    options?: PostOptions,
  ): Promise<Answer<UsersClientRegisterData>>;
  /** Sends a link by which another password can be set, if there is such a user. */
  requestPasswordReset(
    params: UsersRequestPasswordResetParams,
    options?: PostOptions,
  ): Promise<Answer<UsersRequestPasswordResetData>>;
  /** Sets another password by a link that was sent, and signs the user out everywhere. */
  resetPassword(
    params: UsersResetPasswordParams,
    options?: PostOptions,
  ): Promise<Answer<UsersResetPasswordData>>;
  /** Sets another password, and signs the user out everywhere else. */
  changePassword(
    params: UsersChangePasswordParams,
    options?: PostOptions,
  ): Promise<Answer<UsersChangePasswordData>>;
}

export interface Sessions {
  /** Signs a user in: a new session. */
  create(params: SessionsCreateParams, options?: PostOptions): Promise<SessionAnswer<SessionsCreateData>>;
  /** Shows the session and the roles of its user. */
  show(params?: SessionsShowParams, options?: CallOptions): Promise<SessionAnswer<SessionsShowData>>;
  /** Lists the sessions of the user, the one used last first. */
  list(params?: SessionsListParams, options?: CallOptions): Promise<Answer<SessionsListData>>;
  /** Signs out: revokes the session at once, or another one of the user. */
  destroy(params?: SessionsDestroyParams, options?: PostOptions): Promise<Answer<SessionsDestroyData>>;
  /** Revokes all sessions of the user but this one. */
  destroyOthers(
    params?: SessionsDestroyOthersParams,
    options?: PostOptions,
  ): Promise<Answer<SessionsDestroyOthersData>>;
}

export interface Clients {
  /** Shows a client, by its id or by its e-mail address. */
  show(params?: ClientsShowParams, options?: CallOptions): Promise<Answer<ClientsShowData>>;
  /** Lists clients, those first who have become one last. */
  list(params?: ClientsListParams, options?: CallOptions): Promise<Answer<ClientsListData>>;
  /** The same, one after another, page by page to the end. */
  listAll(params?: ClientsListParams, options?: CallOptions): AsyncGenerator<ClientRecord, void, undefined>;
  /** Changes how a client can be reached. */
  update(params?: ClientsUpdateParams, options?: PostOptions): Promise<Answer<ClientsUpdateData>>;
}

export interface Orders {
  /** Makes an order for a client, who is told so by e-mail. */
  create<Dry extends boolean | undefined = false>(
    params: OrdersCreateParams & { dry_run?: Dry },
    options?: PostOptions,
  ): Promise<Answer<Dry extends true ? OrderPreview : OrdersCreateData>>;
  /** Shows an order, by its id or by the number that its client has given it. */
  show(params?: OrdersShowParams, options?: CallOptions): Promise<Answer<OrdersShowData>>;
  /** Shows up to 100 orders by their ids, and says which of them are not found. */
  showMany(params: OrdersShowManyParams, options?: CallOptions): Promise<Answer<OrdersShowManyData>>;
  /** Lists orders, the newest change first. */
  list(params?: OrdersListParams, options?: CallOptions): Promise<Answer<OrdersListData>>;
  /** The same, one after another, page by page to the end. */
  listAll(params?: OrdersListParams, options?: CallOptions): AsyncGenerator<Order, void, undefined>;
  /** Changes an order: its notes, its line items and their completion, or cancels an appointment. */
  update<Dry extends boolean | undefined = false>(
    params: OrdersUpdateParams & { dry_run?: Dry },
    options?: PostOptions,
  ): Promise<Answer<Dry extends true ? OrderPreview : OrdersUpdateData>>;
  /** Shows every change of an order, the oldest first: when, who, and what before and after. */
  history(params: OrdersHistoryParams, options?: CallOptions): Promise<Answer<OrdersHistoryData>>;
  /** The same, one after another, page by page to the end. */
  historyAll(
    params: OrdersHistoryParams,
    options?: CallOptions,
  ): AsyncGenerator<HistoryEntry, void, undefined>;
}

export interface Appointments {
  /** Makes an appointment for an order, of which its client is told by e-mail. */
  create<Dry extends boolean | undefined = false>(
    params: AppointmentsCreateParams & { dry_run?: Dry },
    options?: PostOptions,
  ): Promise<Answer<Dry extends true ? OrderPreview : AppointmentsCreateData>>;
  /** Moves an appointment to another time, of which its client is told by e-mail. */
  reschedule<Dry extends boolean | undefined = false>(
    params: AppointmentsRescheduleParams & { dry_run?: Dry },
    options?: PostOptions,
  ): Promise<Answer<Dry extends true ? OrderPreview : AppointmentsRescheduleData>>;
}

export interface Notifications {
  /** Lists the notifications to the team, those that occurred last first. */
  list(params?: NotificationsListParams, options?: CallOptions): Promise<Answer<NotificationsListData>>;
  /** The same, one after another, page by page to the end. */
  listAll(
    params?: NotificationsListParams,
    options?: CallOptions,
  ): AsyncGenerator<Notification, void, undefined>;
  /** Acknowledges a notification: somebody looks after it, until it occurs again. */
  acknowledge(
    params: NotificationsAcknowledgeParams,
    options?: PostOptions,
  ): Promise<Answer<NotificationsAcknowledgeData>>;
}

export interface Emails {
  /** Lists the e-mails that are still to be sent or wait for a decision, the longest due first. */
  list(params?: EmailsListParams, options?: CallOptions): Promise<Answer<EmailsListData>>;
  /** The same, one after another, page by page to the end. */
  listAll(params?: EmailsListParams, options?: CallOptions): AsyncGenerator<Email, void, undefined>;
  /** Shows what has become of an e-mail. */
  show(params: EmailsShowParams, options?: CallOptions): Promise<Answer<EmailsShowData>>;
  /** Has an e-mail sent again that is unsent or parked: it is due now, and tried for another 24 hours. */
  resend(params: EmailsResendParams, options?: PostOptions): Promise<Answer<EmailsResendData>>;
  /** Discards an e-mail that waits: it will not be sent. */
  discard(params: EmailsDiscardParams, options?: PostOptions): Promise<Answer<EmailsDiscardData>>;
}

export interface Deployments {
  /** Lists which services and routes are deployed, and which are withdrawn. */
  list(params?: DeploymentsListParams, options?: CallOptions): Promise<Answer<DeploymentsListData>>;
}

export interface Methods {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly clients: Clients;
  readonly orders: Orders;
  readonly appointments: Appointments;
  readonly notifications: Notifications;
  readonly emails: Emails;
  readonly deployments: Deployments;
}
