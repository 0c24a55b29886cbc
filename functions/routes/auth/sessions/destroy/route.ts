import * as z from 'zod/mini';
import { endSession, keptSessionsOf } from '../../../../accounts/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { id } from '../../../../contract/params.ts';
import { access } from '../../../../table/grants.ts';

export const destroySession = defineRoute({
  method: 'POST',
  path: 'sessions/destroy',
  service: 'auth',
  purpose: 'Signs out: revokes the session at once, or another one of the user.',
  sensitive: false,
  access: 'session',
  params: z.strictObject({ session_id: z.optional(id) }),
  data: z.strictObject({}),
  table: access(endSession, keptSessionsOf),
  endsSession: true,
});
