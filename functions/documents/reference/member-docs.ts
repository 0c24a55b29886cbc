import type * as z from 'zod/mini';
import type { ListedSession } from '../../accounts/listed-session.ts';
import type { UserView } from '../../accounts/user-view.ts';
import type { ClientView } from '../../clients/client-view.ts';
import type { SessionView } from '../../contract/session-view.ts';
import type { deployedRoute, deployedService } from '../../deployments/deployment-view.ts';
import type { Notification } from '../../notifications/notification.ts';
import type { HistoryEntryView, ValueChangeView } from '../../orders/history-view.ts';
import type { Appointment, LineItem, Order } from '../../orders/order.ts';
import type { OrderPreview } from '../../orders/preview.ts';
import type { SavedEmailView } from '../../outbox/email-view.ts';

/** A sentence about each member of an object. */
type Told<View> = Record<keyof View, string>;

/** What the members of answers hold, object by object. */
export const memberDocs = {
  Order: {
    order_id: 'The order. Like all ids it is a positive integer below 2^53, and tells nothing else.',
    client_id: 'The client whose order it is.',
    reference: 'The client’s own number for it; null when it has none.',
    status: '`open`, `in_progress` once something is completed, `completed` once everything is.',
    notes: 'Notes on it; an empty text when there are none.',
    created_at: 'When it was made.',
    updated_at: 'When it changed last. A change is sent with it, letter by letter as it came.',
    line_items: 'What is ordered.',
    appointments: 'The appointments, cancelled ones included, in the order in which they were made.',
  },
  LineItem: {
    line_item_id: 'The line item.',
    name: 'The name of the service group.',
    quantity: 'How many there are.',
    completed_quantity: 'How many of them are completed.',
    completed_date: 'The day (`YYYY-MM-DD`) or the time of completion; null while nothing is completed.',
    completed_by: 'The name of who has completed it; null while nothing is completed.',
  },
  Appointment: {
    appt_id: 'The appointment.',
    status: '`scheduled` or `cancelled`.',
    scheduled_for: 'When it is, or was to be.',
    duration_minutes: 'How long it takes; null when that was not said.',
    cancel_reason: 'Why it was cancelled; null while it is scheduled.',
    cancel_note: 'More about the reason; null when nothing was said.',
    cancelled_at: 'When it was cancelled; null while it is scheduled.',
    cancelled_by: 'The name of who has cancelled it; null while it is scheduled.',
  },
  HistoryEntry: {
    at: 'When the order changed; the `updated_at` that it got.',
    by: 'Who changed it: `token` is `session` or `application`, `id` that of the user or the application, `name` what it is called.',
    changes: 'The values that changed.',
  },
  ValueChange: {
    field:
      'Where the value stands, such as `notes` or `line_items[5550101].quantity`. In a dry run, what has no id yet is `line_items[]` or `appointments[]`.',
    before: 'What it was; null when it was not there.',
    after: 'What it is.',
  },
  DryRun: {
    order: 'The order as it would be, without what only the change itself makes: new ids, and `updated_at`.',
    changes: 'The values that would change, as history tells them.',
    email: 'The `kind`, `subject` and `text` of the e-mail that would be sent; null when none would be.',
  },
  User: {
    user_id: 'The user.',
    name: 'What the user is called.',
    email: 'The address by which the user signs in.',
    email_verified:
      'Whether the address is verified. Until it is, nothing is sent there but what verifies it.',
    roles: 'Those of `client`, `liaison` and `employee` that the user has.',
    client_id: 'The client that the user is; null when it is none.',
  },
  Session: {
    token: 'What goes with every request, and is kept secret.',
    user_id: 'The user who is signed in.',
    name: 'What the user is called.',
    roles: 'The roles that the user has now.',
    remember_me: 'Whether the session lives on without end.',
    created_at: 'When the user signed in.',
    last_used_at: 'When it was used last, some minutes more or less.',
    expires_at:
      'When it expires if it is not used before: 7 days after it was made at the latest. Null when it lives on.',
  },
  ListedSession: {
    session_id: 'The session. Nobody can use it by this id.',
    created_at: 'When the user signed in.',
    last_used_at: 'When it was used last, some minutes more or less.',
    remember_me: 'Whether the session lives on without end.',
    expires_at: 'When it expires if it is not used before. Null when it lives on.',
    current: 'Whether it is the session of the request.',
  },
  Client: {
    client_id: 'The client.',
    name: 'What its user is called.',
    email: 'Where its e-mail goes, and by which its user signs in.',
    phone: 'A telephone number; null when none is known.',
    company_name: 'The name of the company that it orders for; null when there is none.',
    address: 'The postal address, in lines; null when none is known.',
    created_at: 'When it became a client; null when an early release made it.',
  },
  Notification: {
    notification_id: 'The notification.',
    kind: 'What went wrong, such as `mandrill-email-failed` or `application-crash`.',
    cause: 'What has to be repaired.',
    state: '`open` or `acknowledged`.',
    stage: 'Where it happened, such as `production`.',
    occurrences: 'How often it has occurred.',
    first_at: 'When it occurred first.',
    last_at: 'When it occurred last.',
    first_request_id: 'The `request_id` of the first time.',
    last_request_id: 'The `request_id` of the last time.',
    last_order_id: 'The order that the last time was about; null when it was about none.',
    last_email_id: 'The e-mail that the last time was about; null when it was about none.',
    unreadable_rows: 'The keys of the rows that cannot be read, when it is about any.',
    acknowledged_at: 'When somebody acknowledged it; null while it is open.',
    acknowledged_by: 'The name of who acknowledged it; null while it is open.',
  },
  Email: {
    email_id: 'The e-mail.',
    kind: 'What it tells, such as `appointment-cancelled` or `verify-address`.',
    subject: 'Its subject.',
    client_id: 'The client that it goes to; null when it goes to a user.',
    user_id: 'The user that it goes to, who need not be a client; null when it goes to a client.',
    order_id: 'The order that it is about; null when it is about none.',
    request_id: 'The `request_id` of the request that caused it.',
    state: '`unsent`, `sending`, `parked`, `sent` or `discarded`.',
    attempts: 'How often it was tried to send it.',
    created_at: 'When it was caused.',
    due_at: 'When it is tried next or, when it is parked, since when it waits; null when it is done with.',
    last_failure:
      'Why the last try failed: its `kind`, its `cause`, and when it was (`at`); null when none has failed. Of an e-mail that was discarded by itself, since nobody has verified the address, the `kind` is `unverified`.',
    sent_at: 'When it was sent; null when it was not.',
  },
  DeployedService: {
    name: 'The service.',
    state: '`deployed` or `withdrawn`.',
    release: 'The release of which it is.',
    deployed_at: 'When it was deployed.',
    withdrawn_at: 'When an operator withdrew it; null when it is deployed.',
  },
  DeployedRoute: {
    name: 'The route.',
    state: '`deployed` or `withdrawn`.',
    release: 'The release of which it is.',
    deployed_at: 'When it was deployed.',
    withdrawn_at: 'When an operator withdrew it; null when it is deployed.',
    service: 'The service that it belongs to.',
    method: '`GET` or `POST`.',
    purpose: 'What it does.',
    version: 'The version of the function that answers; null when it is not known.',
  },
} as const satisfies {
  Order: Told<Order>;
  LineItem: Told<LineItem>;
  Appointment: Told<Appointment>;
  HistoryEntry: Told<HistoryEntryView>;
  ValueChange: Told<ValueChangeView>;
  DryRun: Told<OrderPreview>;
  User: Told<UserView>;
  Session: Told<SessionView>;
  Client: Told<ClientView>;
  ListedSession: Told<ListedSession>;
  Notification: Told<Notification>;
  Email: Told<SavedEmailView>;
  DeployedService: Told<z.infer<typeof deployedService>>;
  DeployedRoute: Told<z.infer<typeof deployedRoute>>;
};
