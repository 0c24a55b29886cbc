import type { UserView } from '../accounts/user-view.ts';
import type { ClientView } from '../clients/client-view.ts';
import type { SessionView } from '../contract/session-view.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Order } from '../orders/order.ts';
import type { SavedEmailView } from '../outbox/email-view.ts';

/**
 * What the examples of all routes are about: one client and its order, on the days around this one, so that each example goes
 * on where another has ended. They are far ahead: an appointment of an example must not be past when somebody sends it.
 */
export const EXAMPLE_NOW = '2037-11-23T10:00:00.000Z';

/** The client who orders. */
export const exampleUser: UserView = {
  user_id: 5550001,
  name: 'Tess Quill',
  email: 'tess@example.com',
  email_verified: true,
  roles: ['client'],
  client_id: 5550100,
};

/** A session that was opened just now. */
export const exampleSession: SessionView = {
  token: 'ses_ExampleExampleExampleExampleExampleExample0',
  user_id: exampleUser.user_id,
  name: exampleUser.name,
  roles: exampleUser.roles,
  remember_me: false,
  created_at: EXAMPLE_NOW,
  last_used_at: EXAMPLE_NOW,
  expires_at: '2037-11-26T10:05:00.000Z',
};

/** The same as a client. */
export const exampleClient: ClientView = {
  client_id: 5550100,
  name: exampleUser.name,
  email: exampleUser.email,
  phone: '+44 20 7946 0018',
  company_name: 'Quill & Daughters',
  address: null,
  created_at: '2037-11-18T09:00:00.000Z',
};

/** The order as it was made. */
export const madeOrder: Order = {
  order_id: 76069395957492,
  client_id: 5550100,
  reference: 'PO-1187',
  status: 'open',
  notes: '',
  created_at: '2037-11-18T10:00:00.000Z',
  updated_at: '2037-11-18T10:00:00.000Z',
  line_items: [
    {
      line_item_id: 5550101,
      name: 'Install unit',
      quantity: 4,
      completed_quantity: 0,
      completed_date: null,
      completed_by: null,
    },
  ],
  appointments: [
    {
      appt_id: 5550201,
      status: 'scheduled',
      scheduled_for: '2037-11-24T09:00:00.000Z',
      duration_minutes: 90,
      cancel_reason: null,
      cancel_note: null,
      cancelled_at: null,
      cancelled_by: null,
    },
  ],
};

/** The order after an employee has noted what is done of it, and cancelled its appointment. */
export const updatedOrder: Order = {
  ...madeOrder,
  status: 'in_progress',
  notes: 'Two units could not be reached.',
  updated_at: EXAMPLE_NOW,
  line_items: madeOrder.line_items.map((item) => ({
    ...item,
    completed_quantity: 3,
    completed_date: '2037-11-23',
    completed_by: 'Robin Field',
  })),
  appointments: madeOrder.appointments.map((appointment) => ({
    ...appointment,
    status: 'cancelled',
    cancel_reason: 'Rain',
    cancelled_at: EXAMPLE_NOW,
    cancelled_by: 'Robin Field',
  })),
};

/** The e-mail about that, which Mandrill did not take. */
export const parkedEmail: SavedEmailView = {
  email_id: 5550401,
  kind: 'appointment-cancelled',
  subject: 'Order 76069395957492: appointment cancelled',
  client_id: 5550100,
  user_id: null,
  order_id: 76069395957492,
  request_id: 'JKJaXmPLvHcESHA=',
  state: 'parked',
  attempts: 1,
  created_at: EXAMPLE_NOW,
  due_at: '2037-11-23T10:00:01.000Z',
  last_failure: { kind: 'rejected', cause: 'hard-bounce', at: '2037-11-23T10:00:01.000Z' },
  sent_at: null,
};

/** The notification that it waits for a decision. */
export const openNotification: Notification = {
  notification_id: 5550501,
  kind: 'email-parked',
  cause: 'rejected: hard-bounce',
  state: 'open',
  stage: 'production',
  occurrences: 1,
  first_at: '2037-11-23T10:00:01.000Z',
  last_at: '2037-11-23T10:00:01.000Z',
  first_request_id: 'JKJaXmPLvHcESHA=',
  last_request_id: 'JKJaXmPLvHcESHA=',
  last_order_id: 76069395957492,
  last_email_id: 5550401,
  unreadable_rows: [],
  acknowledged_at: null,
  acknowledged_by: null,
};
