import type { Route } from '../contract/define-route.ts';
import type { Handler } from '../pipeline/chain.ts';
import { createSession } from './auth/sessions/create/route.ts';
import { destroySession } from './auth/sessions/destroy/route.ts';
import { destroyOtherSessions } from './auth/sessions/destroy_others/route.ts';
import { listSessions } from './auth/sessions/list/route.ts';
import { showSession } from './auth/sessions/show/route.ts';
import { changePassword } from './auth/users/change_password/route.ts';
import { registerClient } from './auth/users/client_register/route.ts';
import { registerUser } from './auth/users/register/route.ts';
import { requestPasswordReset } from './auth/users/request_password_reset/route.ts';
import { resetPassword } from './auth/users/reset_password/route.ts';
import { sendVerification } from './auth/users/send_verification/route.ts';
import { verifyUser } from './auth/users/verify/route.ts';
import { listClients } from './clients/clients/list/route.ts';
import { showClient } from './clients/clients/show/route.ts';
import { updateClient } from './clients/clients/update/route.ts';
import { listDeployments } from './operations/deployments/list/route.ts';
import { discardEmail } from './operations/emails/discard/route.ts';
import { listEmails } from './operations/emails/list/route.ts';
import { resendEmail } from './operations/emails/resend/route.ts';
import { showEmail } from './operations/emails/show/route.ts';
import { acknowledgeNotification } from './operations/notifications/acknowledge/route.ts';
import { listNotifications } from './operations/notifications/list/route.ts';
import { createAppointment } from './orders/appointments/create/route.ts';
import { rescheduleAppointment } from './orders/appointments/reschedule/route.ts';
import { createOrder } from './orders/orders/create/route.ts';
import { showOrderHistory } from './orders/orders/history/route.ts';
import { listOrders } from './orders/orders/list/route.ts';
import { showOrder } from './orders/orders/show/route.ts';
import { showOrders } from './orders/orders/show_many/route.ts';
import { updateOrder } from './orders/orders/update/route.ts';

/** Every route there is. What is deployed, documented, granted and tested is derived from this list. */
export const catalogue = [
  registerUser,
  verifyUser,
  sendVerification,
  registerClient,
  requestPasswordReset,
  resetPassword,
  changePassword,
  createSession,
  showSession,
  listSessions,
  destroySession,
  destroyOtherSessions,
  showClient,
  listClients,
  updateClient,
  createOrder,
  showOrder,
  showOrders,
  listOrders,
  updateOrder,
  showOrderHistory,
  createAppointment,
  rescheduleAppointment,
  listNotifications,
  acknowledgeNotification,
  listEmails,
  showEmail,
  resendEmail,
  discardEmail,
  listDeployments,
] as const satisfies readonly Route[];

export type RoutePath = (typeof catalogue)[number]['path'];

/** The compiler's promise that each route has a handler, and that it is bound to that route. */
type Handled<Modules extends { [Path in RoutePath]: { handler: Handler<Path> } }> = keyof Modules;
export type HandledPath = Handled<{
  'appointments/create': typeof import('./orders/appointments/create/handler.ts');
  'appointments/reschedule': typeof import('./orders/appointments/reschedule/handler.ts');
  'clients/list': typeof import('./clients/clients/list/handler.ts');
  'clients/show': typeof import('./clients/clients/show/handler.ts');
  'clients/update': typeof import('./clients/clients/update/handler.ts');
  'deployments/list': typeof import('./operations/deployments/list/handler.ts');
  'emails/discard': typeof import('./operations/emails/discard/handler.ts');
  'emails/list': typeof import('./operations/emails/list/handler.ts');
  'emails/resend': typeof import('./operations/emails/resend/handler.ts');
  'emails/show': typeof import('./operations/emails/show/handler.ts');
  'notifications/acknowledge': typeof import('./operations/notifications/acknowledge/handler.ts');
  'notifications/list': typeof import('./operations/notifications/list/handler.ts');
  'orders/create': typeof import('./orders/orders/create/handler.ts');
  'orders/history': typeof import('./orders/orders/history/handler.ts');
  'orders/list': typeof import('./orders/orders/list/handler.ts');
  'orders/show': typeof import('./orders/orders/show/handler.ts');
  'orders/show_many': typeof import('./orders/orders/show_many/handler.ts');
  'orders/update': typeof import('./orders/orders/update/handler.ts');
  'sessions/create': typeof import('./auth/sessions/create/handler.ts');
  'sessions/destroy': typeof import('./auth/sessions/destroy/handler.ts');
  'sessions/destroy_others': typeof import('./auth/sessions/destroy_others/handler.ts');
  'sessions/list': typeof import('./auth/sessions/list/handler.ts');
  'sessions/show': typeof import('./auth/sessions/show/handler.ts');
  'users/change_password': typeof import('./auth/users/change_password/handler.ts');
  'users/client_register': typeof import('./auth/users/client_register/handler.ts');
  'users/register': typeof import('./auth/users/register/handler.ts');
  'users/request_password_reset': typeof import('./auth/users/request_password_reset/handler.ts');
  'users/reset_password': typeof import('./auth/users/reset_password/handler.ts');
  'users/send_verification': typeof import('./auth/users/send_verification/handler.ts');
  'users/verify': typeof import('./auth/users/verify/handler.ts');
}>;
