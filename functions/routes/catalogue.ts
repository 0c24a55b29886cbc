import type { Route } from '../contract/define-route.ts';
import type { Handler } from '../pipeline/chain.ts';
import { createAppointment } from './appointments/create/route.ts';
import { rescheduleAppointment } from './appointments/reschedule/route.ts';
import { listDeployments } from './deployments/list/route.ts';
import { discardEmail } from './emails/discard/route.ts';
import { listEmails } from './emails/list/route.ts';
import { resendEmail } from './emails/resend/route.ts';
import { showEmail } from './emails/show/route.ts';
import { acknowledgeNotification } from './notifications/acknowledge/route.ts';
import { listNotifications } from './notifications/list/route.ts';
import { createOrder } from './orders/create/route.ts';
import { showOrderHistory } from './orders/history/route.ts';
import { listOrders } from './orders/list/route.ts';
import { showOrder } from './orders/show/route.ts';
import { updateOrder } from './orders/update/route.ts';
import { createSession } from './sessions/create/route.ts';
import { destroySession } from './sessions/destroy/route.ts';
import { showSession } from './sessions/show/route.ts';
import { registerClient } from './users/client_register/route.ts';
import { registerUser } from './users/register/route.ts';

/** Every route there is. What is deployed, documented, granted and tested is derived from this list. */
export const catalogue = [
  registerUser,
  registerClient,
  createSession,
  showSession,
  destroySession,
  createOrder,
  showOrder,
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
  'appointments/create': typeof import('./appointments/create/handler.ts');
  'appointments/reschedule': typeof import('./appointments/reschedule/handler.ts');
  'deployments/list': typeof import('./deployments/list/handler.ts');
  'emails/discard': typeof import('./emails/discard/handler.ts');
  'emails/list': typeof import('./emails/list/handler.ts');
  'emails/resend': typeof import('./emails/resend/handler.ts');
  'emails/show': typeof import('./emails/show/handler.ts');
  'notifications/acknowledge': typeof import('./notifications/acknowledge/handler.ts');
  'notifications/list': typeof import('./notifications/list/handler.ts');
  'orders/create': typeof import('./orders/create/handler.ts');
  'orders/history': typeof import('./orders/history/handler.ts');
  'orders/list': typeof import('./orders/list/handler.ts');
  'orders/show': typeof import('./orders/show/handler.ts');
  'orders/update': typeof import('./orders/update/handler.ts');
  'sessions/create': typeof import('./sessions/create/handler.ts');
  'sessions/destroy': typeof import('./sessions/destroy/handler.ts');
  'sessions/show': typeof import('./sessions/show/handler.ts');
  'users/client_register': typeof import('./users/client_register/handler.ts');
  'users/register': typeof import('./users/register/handler.ts');
}>;
