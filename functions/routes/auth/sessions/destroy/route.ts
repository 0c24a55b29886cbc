import * as z from 'zod/mini';
import { defineRoute } from '../../../../contract/define-route.ts';

export const destroySession = defineRoute({
  method: 'POST',
  path: 'sessions/destroy',
  service: 'auth',
  purpose: 'Signs out: revokes the session at once.',
  sensitive: false,
  access: 'session',
  params: z.strictObject({}),
  data: z.strictObject({}),
  table: { token: ['DeleteItem'], user: ['DeleteItem'] },
  endsSession: true,
});
