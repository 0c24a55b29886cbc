import * as z from 'zod/mini';
import { endSession } from '../../../../accounts/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { access } from '../../../../table/grants.ts';

export const destroySession = defineRoute({
  method: 'POST',
  path: 'sessions/destroy',
  service: 'auth',
  purpose: 'Signs out: revokes the session at once.',
  sensitive: false,
  access: 'session',
  params: z.strictObject({}),
  data: z.strictObject({}),
  table: access(endSession),
  endsSession: true,
});
