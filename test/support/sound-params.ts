import type { RoutePath } from '../../functions/routes/catalogue.ts';

const id = 2 ** 40;
const updated_at = '2026-11-02T08:00:00.000Z';
const scheduled_for = '2026-12-01T09:00:00.000Z';
const page = { limit: '25', cursor: 'QUJD' };

/** All parameters that each route has, each without a fault in itself. */
export const soundParams: Record<RoutePath, object> = {
  'users/register': { email: 'ada@example.com', password: 'a password', name: 'Ada', remember_me: true },
  'users/verify': { verification: 'ver_1_x', email: 'ada@example.com', code: '123456' },
  'users/send_verification': {},
  'users/request_password_reset': { email: 'ada@example.com' },
  'users/reset_password': { reset: 'res_1_x', password: 'another password' },
  'users/change_password': { current_password: 'a password', password: 'another password' },
  'users/client_register': { phone: '1', company_name: 'Ada & Co', address: '1 Long Road' },
  'sessions/create': { email: 'ada@example.com', password: 'a password', remember_me: false },
  'sessions/show': {},
  'sessions/destroy': { session_id: id },
  'sessions/destroy_others': {},
  'sessions/list': {},
  'clients/show': { client_id: '7', email: 'ada@example.com' },
  'clients/list': page,
  'clients/update': { client_id: id, phone: '1', company_name: 'Ada & Co', address: '1 Long Road' },
  'orders/create': {
    client_id: id,
    reference: 'PO-1',
    notes: 'Ring twice.',
    line_items: [{ name: 'Windows', quantity: 4 }],
    appointment: { scheduled_for, duration_minutes: 30 },
    dry_run: true,
  },
  'orders/show': { order_id: '7', reference: 'PO-1', client_id: '7' },
  'orders/show_many': { order_ids: '7,8' },
  'orders/list': { status: 'open', client_id: '7', updated_since: updated_at, ...page },
  'orders/update': {
    order_id: id,
    notes: 'Ring twice.',
    updated_at,
    line_items: [
      {
        line_item_id: id,
        name: 'Windows',
        quantity: 4,
        completed_quantity: 2,
        completed_date: '2026-11-02',
        completed_by: 'Anna',
      },
      { name: 'Doors', quantity: 1, completed_quantity: 1 },
    ],
    appointment: { appt_id: id, cancel_reason: 'Rain', cancel_note: 'All day.' },
    reference: 'PO-1',
    dry_run: true,
  },
  'orders/history': { order_id: '7', ...page },
  'appointments/create': { order_id: id, updated_at, scheduled_for, duration_minutes: 30, dry_run: true },
  'appointments/reschedule': {
    order_id: id,
    updated_at,
    appt_id: id,
    scheduled_for,
    duration_minutes: 30,
    dry_run: true,
  },
  'notifications/list': { state: 'open', ...page },
  'notifications/acknowledge': { notification_id: id },
  'emails/list': { state: 'unsent', ...page },
  'emails/show': { email_id: '7' },
  'emails/resend': { email_id: id },
  'emails/discard': { email_id: id },
  'deployments/list': {},
};
