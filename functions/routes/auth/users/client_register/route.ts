import * as z from 'zod/mini';
import { changeRoles, findSession } from '../../../../accounts/grants.ts';
import { userView } from '../../../../accounts/user-view.ts';
import { clientDetails } from '../../../../clients/client-params.ts';
import { saveClient } from '../../../../clients/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { access } from '../../../../table/grants.ts';

export const registerClient = defineRoute({
  method: 'POST',
  path: 'users/client_register',
  service: 'auth',
  purpose: 'Makes the session’s user a client, and welcomes it by e-mail once its address is verified.',
  sensitive: false,
  access: 'session',
  params: z.strictObject(clientDetails),
  data: z.strictObject({ user: userView }),
  table: access(changeRoles, saveClient, findSession),
  sends: ['email'],
});
