/**
 * What the objects of parameters and answers are called, by where one of them stands: a route, `params`, `data` or `preview`, and
 * the way from there; lists, and what can be null, are looked into. What has no name here is not printed, and the printer says so.
 */
export const PLACES: Readonly<Record<string, string>> = {
  Order: 'orders/show data order',
  LineItem: 'orders/show data order line_items',
  Appointment: 'orders/show data order appointments',
  NewLineItem: 'orders/create params line_items',
  NewAppointment: 'orders/create params appointment',
  LineItemChange: 'orders/update params line_items 0',
  AddedLineItem: 'orders/update params line_items 1',
  AppointmentChange: 'orders/update params appointment',
  OrderPreview: 'orders/create preview',
  PreviewOrder: 'orders/create preview order',
  PreviewLineItem: 'orders/create preview order line_items',
  PreviewAppointment: 'orders/create preview order appointments',
  PreviewEmail: 'orders/create preview email',
  HistoryEntry: 'orders/history data history',
  ChangedBy: 'orders/history data history by',
  FieldChange: 'orders/history data history changes',
  User: 'sessions/show data user',
  ClientRecord: 'clients/show data client',
  ListedSession: 'sessions/list data sessions',
  Notification: 'notifications/list data notifications',
  Email: 'emails/list data emails',
  EmailFailure: 'emails/list data emails last_failure',
  DeployedService: 'deployments/list data services',
  DeployedRoute: 'deployments/list data routes',
};

/** The routes that answer with a session whenever they are done, which their definitions do not say; a test asks each of them. */
export const OPENS_SESSION: readonly string[] = ['users/register', 'sessions/create', 'sessions/show'];
