import * as z from 'zod/mini';
import { changeRoles, findSession } from '../../../../accounts/grants.ts';
import { userView } from '../../../../accounts/user-view.ts';
import { saveClient } from '../../../../clients/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { oneLine, visibleText } from '../../../../contract/params.ts';
import { access } from '../../../../table/grants.ts';

export const registerClient = defineRoute({
  method: 'POST',
  path: 'users/client_register',
  service: 'auth',
  purpose: 'Makes the session’s user a client, and welcomes it by e-mail once its address is verified.',
  sensitive: false,
  access: 'session',
  params: z.strictObject({
    phone: z.optional(oneLine(50)),
    company_name: z.optional(oneLine(200)),
    address: z.optional(visibleText(1_000)),
  }),
  data: z.strictObject({ user: userView }),
  table: access(changeRoles, saveClient, findSession),
  sends: ['email'],
});
