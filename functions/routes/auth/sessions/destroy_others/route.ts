import * as z from 'zod/mini';
import { endOthers } from '../../../../accounts/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { access } from '../../../../table/grants.ts';

export const destroyOtherSessions = defineRoute({
  method: 'POST',
  path: 'sessions/destroy_others',
  service: 'auth',
  purpose: 'Revokes all sessions of the user but this one.',
  sensitive: false,
  access: 'session',
  params: z.strictObject({}),
  data: z.strictObject({}),
  table: access(endOthers),
});
