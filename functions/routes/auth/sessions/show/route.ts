import * as z from 'zod/mini';
import { findUser } from '../../../../accounts/grants.ts';
import { userView } from '../../../../accounts/user-view.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { access } from '../../../../table/grants.ts';

export const showSession = defineRoute({
  method: 'GET',
  path: 'sessions/show',
  service: 'auth',
  purpose: 'Shows the session and the roles of its user.',
  sensitive: false,
  access: 'session',
  params: z.strictObject({}),
  data: z.strictObject({ user: userView }),
  table: access(findUser),
});
