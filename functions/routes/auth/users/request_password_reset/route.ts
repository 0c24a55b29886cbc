import * as z from 'zod/mini';
import { askForProof, countAttempts, findLogin, findUser } from '../../../../accounts/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { emailAddress } from '../../../../contract/email-address.ts';
import { access } from '../../../../table/grants.ts';

export const requestPasswordReset = defineRoute({
  method: 'POST',
  path: 'users/request_password_reset',
  service: 'auth',
  purpose: 'Sends a link by which another password can be set, if there is such a user.',
  sensitive: true,
  access: 'anyone',
  params: z.strictObject({ email: emailAddress }),
  data: z.strictObject({}),
  table: access(countAttempts, findLogin, findUser, askForProof),
  sends: ['email-to-user-later'],
  queuesEmail: true,
});
