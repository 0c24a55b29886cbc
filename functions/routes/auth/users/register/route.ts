import * as z from 'zod/mini';
import { callerName, password } from '../../../../accounts/account-params.ts';
import {
  askForProof,
  findSavedLogin,
  limitAttempts,
  makeProof,
  rememberSource,
  reopenSession,
  saveNewUser,
  saveSession,
} from '../../../../accounts/grants.ts';
import { userView } from '../../../../accounts/user-view.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { emailAddress } from '../../../../contract/email-address.ts';
import { access } from '../../../../table/grants.ts';

export const registerUser = defineRoute({
  method: 'POST',
  path: 'users/register',
  service: 'auth',
  purpose: 'Makes a user, who has no role yet, and a session; an e-mail asks whether the address is theirs.',
  sensitive: true,
  access: 'anyone',
  params: z.strictObject({
    email: emailAddress,
    password,
    name: callerName,
    remember_me: z.optional(z.boolean()),
  }),
  data: z.strictObject({ user: userView }),
  table: access(
    limitAttempts,
    saveNewUser,
    askForProof,
    makeProof,
    saveSession,
    rememberSource,
    findSavedLogin,
    reopenSession,
  ),
  sends: ['email-to-user'],
});
