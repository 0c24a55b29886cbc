import * as z from 'zod/mini';
import { askForProof, countAttempts, findUser, makeProof } from '../../../../accounts/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { access } from '../../../../table/grants.ts';

export const sendVerification = defineRoute({
  method: 'POST',
  path: 'users/send_verification',
  service: 'auth',
  purpose: 'Sends the e-mail again that asks whether an address is the user’s.',
  sensitive: false,
  access: 'session',
  params: z.strictObject({}),
  data: z.strictObject({}),
  table: access(findUser, countAttempts, askForProof, makeProof),
  sends: ['email-to-user'],
});
