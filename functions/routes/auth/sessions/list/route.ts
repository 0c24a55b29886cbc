import * as z from 'zod/mini';
import { keptSessionsOf } from '../../../../accounts/grants.ts';
import { listedSession } from '../../../../accounts/listed-session.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { access } from '../../../../table/grants.ts';

export const listSessions = defineRoute({
  method: 'GET',
  path: 'sessions/list',
  service: 'auth',
  purpose: 'Lists the sessions of the user, the one used last first.',
  sensitive: false,
  access: 'session',
  params: z.strictObject({}),
  data: z.strictObject({ sessions: z.array(listedSession) }),
  table: access(keptSessionsOf),
});
