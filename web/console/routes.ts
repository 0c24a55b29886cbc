import type * as z from 'zod/mini';
import type { createSession } from '../../functions/routes/auth/sessions/create/route.ts';
import type { destroySession } from '../../functions/routes/auth/sessions/destroy/route.ts';
import type { listDeployments } from '../../functions/routes/operations/deployments/list/route.ts';
import type { discardEmail } from '../../functions/routes/operations/emails/discard/route.ts';
import type { listEmails } from '../../functions/routes/operations/emails/list/route.ts';
import type { resendEmail } from '../../functions/routes/operations/emails/resend/route.ts';
import type { showEmail } from '../../functions/routes/operations/emails/show/route.ts';
import type { acknowledgeNotification } from '../../functions/routes/operations/notifications/acknowledge/route.ts';
import type { listNotifications } from '../../functions/routes/operations/notifications/list/route.ts';

/** The routes that the console calls. Only their types are here: nothing of the API's code is on the page. */
type ConsoleRoute =
  | typeof acknowledgeNotification
  | typeof createSession
  | typeof destroySession
  | typeof discardEmail
  | typeof listDeployments
  | typeof listEmails
  | typeof listNotifications
  | typeof resendEmail
  | typeof showEmail;

export type GetPath = Extract<ConsoleRoute, { method: 'GET' }>['path'];
export type PostPath = Extract<ConsoleRoute, { method: 'POST' }>['path'];

type RouteAt<Path> = Extract<ConsoleRoute, { path: Path }>;
export type ParamsOf<Path> = z.input<RouteAt<Path>['params']>;
export type DataOf<Path> = z.output<RouteAt<Path>['data']>;
