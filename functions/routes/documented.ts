import type { Described } from '../contract/describe-route.ts';
import { createSessionDocs } from './auth/sessions/create/docs.ts';
import { destroySessionDocs } from './auth/sessions/destroy/docs.ts';
import { destroyOtherSessionsDocs } from './auth/sessions/destroy_others/docs.ts';
import { listSessionsDocs } from './auth/sessions/list/docs.ts';
import { showSessionDocs } from './auth/sessions/show/docs.ts';
import { changePasswordDocs } from './auth/users/change_password/docs.ts';
import { registerClientDocs } from './auth/users/client_register/docs.ts';
import { registerUserDocs } from './auth/users/register/docs.ts';
import { requestPasswordResetDocs } from './auth/users/request_password_reset/docs.ts';
import { resetPasswordDocs } from './auth/users/reset_password/docs.ts';
import { sendVerificationDocs } from './auth/users/send_verification/docs.ts';
import { verifyUserDocs } from './auth/users/verify/docs.ts';
import type { catalogue, RoutePath } from './catalogue.ts';
import { listClientsDocs } from './clients/clients/list/docs.ts';
import { showClientDocs } from './clients/clients/show/docs.ts';
import { updateClientDocs } from './clients/clients/update/docs.ts';
import { listDeploymentsDocs } from './operations/deployments/list/docs.ts';
import { discardEmailDocs } from './operations/emails/discard/docs.ts';
import { listEmailsDocs } from './operations/emails/list/docs.ts';
import { resendEmailDocs } from './operations/emails/resend/docs.ts';
import { showEmailDocs } from './operations/emails/show/docs.ts';
import { acknowledgeNotificationDocs } from './operations/notifications/acknowledge/docs.ts';
import { listNotificationsDocs } from './operations/notifications/list/docs.ts';
import { createAppointmentDocs } from './orders/appointments/create/docs.ts';
import { rescheduleAppointmentDocs } from './orders/appointments/reschedule/docs.ts';
import { createOrderDocs } from './orders/orders/create/docs.ts';
import { showOrderHistoryDocs } from './orders/orders/history/docs.ts';
import { listOrdersDocs } from './orders/orders/list/docs.ts';
import { showOrderDocs } from './orders/orders/show/docs.ts';
import { showOrdersDocs } from './orders/orders/show_many/docs.ts';
import { updateOrderDocs } from './orders/orders/update/docs.ts';

type RouteAt<Path extends RoutePath> = Extract<(typeof catalogue)[number], { path: Path }>;

/**
 * The prose of every route: the reference is made of it. The compiler insists that each route of the catalogue has its own.
 */
export const documented = {
  'users/register': registerUserDocs,
  'users/verify': verifyUserDocs,
  'users/send_verification': sendVerificationDocs,
  'users/client_register': registerClientDocs,
  'users/request_password_reset': requestPasswordResetDocs,
  'users/reset_password': resetPasswordDocs,
  'users/change_password': changePasswordDocs,
  'sessions/create': createSessionDocs,
  'sessions/show': showSessionDocs,
  'sessions/list': listSessionsDocs,
  'sessions/destroy': destroySessionDocs,
  'sessions/destroy_others': destroyOtherSessionsDocs,
  'clients/show': showClientDocs,
  'clients/list': listClientsDocs,
  'clients/update': updateClientDocs,
  'orders/create': createOrderDocs,
  'orders/show': showOrderDocs,
  'orders/show_many': showOrdersDocs,
  'orders/list': listOrdersDocs,
  'orders/update': updateOrderDocs,
  'orders/history': showOrderHistoryDocs,
  'appointments/create': createAppointmentDocs,
  'appointments/reschedule': rescheduleAppointmentDocs,
  'notifications/list': listNotificationsDocs,
  'notifications/acknowledge': acknowledgeNotificationDocs,
  'emails/list': listEmailsDocs,
  'emails/show': showEmailDocs,
  'emails/resend': resendEmailDocs,
  'emails/discard': discardEmailDocs,
  'deployments/list': listDeploymentsDocs,
} satisfies { [Path in RoutePath]: Described<RouteAt<Path>> };

/** The same as a list, in the order in which people read it. */
export const documentedRoutes: readonly Described[] = Object.values(documented);
